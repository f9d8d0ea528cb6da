"""The worker's side of the protocol; see worker.proto in the harness's sources."""

import json
import os
import sys
import time
import traceback

from . import wire
from .errors import REASONS, InvalidInput, Refusal, Unsupported
from .messages import read_value, write_value
from .values import from_numpy

PROTOCOL_VERSION = 1
_OK, _OUT_OF_MEMORY, _ERROR = 1, 5, 6
_LONGEST_FRAME = (1 << 31) - 1


class _Fatal(Exception):
    """The worker cannot go on."""


class _Streams:
    """The two streams of the protocol, taken away from everything that prints."""

    def __init__(self):
        self._input = os.dup(0)
        self._output = os.dup(1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self.limit = _LONGEST_FRAME

    def receive(self):
        """The next frame; None when the stream ends between two frames."""
        header = self._read(4, may_end=True)
        if header is None:
            return None
        length = int.from_bytes(header, "little")
        if length > self.limit:
            raise _Fatal(f"a frame of {length} bytes, the limit is {self.limit}")
        return self._read(length)

    def _read(self, count, may_end=False):
        result = bytearray()
        while len(result) < count:
            part = os.read(self._input, min(count - len(result), 1 << 20))
            if not part:
                if may_end and not result:
                    return None
                raise _Fatal("the input ends inside a frame")
            result += part
        return bytes(result)

    def send(self, message):
        view = memoryview(len(message).to_bytes(4, "little") + message)
        while view:
            view = view[os.write(self._output, view) :]


# Taken when this module is loaded, so that no runtime that is imported later can print into them.
_STREAMS = _Streams()


class _Worker:
    """Serves one backend."""

    def __init__(self, make_backend, streams):
        self._make_backend = make_backend
        self._streams = streams
        self._backend = None
        self._executables = {}

    def run(self):
        while True:
            frame = self._streams.receive()
            if frame is None:
                return
            for kind, _, body in wire.fields(frame):
                break
            else:
                raise _Fatal("an empty message")
            if kind == 6:
                return
            self._answer(kind, body)

    def _answer(self, kind, body):
        if kind == 1:
            return self._greet(body)
        if self._backend is None:
            raise _Fatal("the first message is no Hello")
        if kind == 5:
            request = _message(body)
            self._executables.pop(request.get(1, 0), None)
            return None
        actions = {2: self._describe, 3: self._compile, 4: self._execute}
        if kind not in actions:
            raise _Fatal(f"a message of unknown kind {kind}")
        return self._reply(actions[kind], body)

    def _greet(self, body):
        hello = _message(body)
        version = hello.get(1, 0)
        if version != PROTOCOL_VERSION:
            raise _Fatal(f"the harness speaks version {version}, this worker {PROTOCOL_VERSION}")
        limits = _message(hello.get(3, b""))
        self._streams.limit = min(limits.get(1, 0) or _LONGEST_FRAME, _LONGEST_FRAME)
        self._backend = self._make_backend(_options(hello.get(2, b"")))
        reply = wire.Writer()
        reply.varint(1, PROTOCOL_VERSION)
        reply.text(2, "assay_backend (Python) 1")
        envelope = wire.Writer()
        envelope.message(1, reply)
        self._streams.send(envelope.finish())

    def _reply(self, action, body):
        reply = wire.Writer()
        # Read first, so that a malformed message is fatal and not charged to the backend.
        request = _Request(body)
        reply.varint(1, request.number)
        try:
            result = action(request)
            reply.varint(2, _OK)
            reply.bytes(result[0], result[1], keep_empty=True)
        except Refusal as refusal:
            reason = REASONS[refusal.reason] if isinstance(refusal, Unsupported) else 0
            self._refuse(reply, refusal.status, str(refusal), reason)
        except MemoryError as error:
            self._refuse(reply, _OUT_OF_MEMORY, str(error) or "no memory")
        except Exception as error:  # Whatever a backend raises is an answer, not the end.
            traceback.print_exc()
            self._refuse(reply, _ERROR, f"{type(error).__name__}: {error}")
        envelope = wire.Writer()
        envelope.message(2, reply)
        self._streams.send(envelope.finish())

    @staticmethod
    def _refuse(reply, status, message, reason=0):
        reply.varint(2, status)
        reply.varint(3, reason)
        reply.text(4, message[:4096])

    def _describe(self, _request):
        return 5, json.dumps(self._backend.describe()).encode("utf-8")

    def _compile(self, request):
        wall, processor = time.monotonic_ns(), time.process_time_ns()
        executable = self._backend.compile(request.model, request.options)
        compiled = wire.Writer()
        compiled.varint(1, time.monotonic_ns() - wall)
        compiled.varint(2, time.process_time_ns() - processor)
        if hasattr(executable, "placement"):
            compiled.text(3, json.dumps(executable.placement()))
        self._executables[request.executable] = executable
        return 6, compiled.finish()

    def _execute(self, request):
        if request.executable not in self._executables:
            raise InvalidInput(f"no executable {request.executable}")
        executable = self._executables[request.executable]
        inputs = request.inputs()
        first, walls, differ = None, [], False
        for _ in range(max(1, request.repeat)):
            wall, processor = time.monotonic_ns(), time.process_time_ns()
            outputs = executable.run(inputs)
            walls.append(time.monotonic_ns() - wall)
            processor = time.process_time_ns() - processor
            written = [write_value(from_numpy(output)) for output in outputs]
            first = written if first is None else first
            differ = differ or written != first
        return 7, _executed(first, walls, processor, differ)


class _Request:
    """The fields of Describe, Compile and Execute, whose numbers agree as far as they go."""

    def __init__(self, body):
        self.number = self.executable = self.repeat = 0
        self.model, self.options, self._values = b"", {}, []
        for number, kind, value in wire.fields(body):
            if number == 1:
                self.number = value
            elif number == 2:
                self.executable = value
            elif number == 3:
                self.model = bytes(value)
                self._values.append(value)
            elif number == 4 and kind == wire.BYTES:
                self.options = _options(value)
            elif number == 5:
                self.repeat = value

    def inputs(self):
        """The inputs of Execute."""
        values = []
        for index, body in enumerate(self._values):
            message = _message(body)
            try:
                type_text = wire.text(message.get(3, b""))
                values.append(read_value(message.get(1, 0), message.get(2, b""), type_text))
            except (wire.WireError, ValueError) as error:
                raise InvalidInput(f"input {index}: {error}") from None
        return values


def _executed(outputs, walls, processor, differ):
    executed = wire.Writer()
    for kind, message, type_text in outputs:
        value = wire.Writer()
        value.varint(1, kind)
        value.bytes(2, message)
        value.text(3, type_text)
        executed.message(1, value)
    executed.varint(6, walls[-1])
    executed.varint(7, processor)
    executed.varint(8, _peak_bytes())
    if len(walls) > 1:
        executed.packed(9, walls)
    executed.varint(10, differ)
    return executed.finish()


def _peak_bytes():
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _message(body):
    """The last value of each field of a small message."""
    return {number: value for number, _, value in wire.fields(body)}


def _options(value):
    text = bytes(value).decode("utf-8")
    options = json.loads(text) if text else {}
    if not isinstance(options, dict):
        raise InvalidInput("the options are no JSON object")
    return options


def serve(make_backend):
    """Serves a backend on standard input and output until the harness is done, then exits.

    `make_backend` is a class or function; it is called once, with the options (a dict) if it takes
    an argument, else without.
    """
    streams = _STREAMS
    try:
        _Worker(lambda options: _make(make_backend, options), streams).run()
    except Exception as error:  # The harness is to learn why, whatever it was.
        traceback.print_exc()
        fatal = wire.Writer()
        fatal.text(1, f"{type(error).__name__}: {error}"[:4096])
        fatal.varint(2, getattr(error, "status", _ERROR))
        envelope = wire.Writer()
        envelope.message(3, fatal)
        try:
            streams.send(envelope.finish())
        except OSError:
            pass
        sys.exit(1)
    sys.exit(0)


def _make(make_backend, options):
    import inspect

    takes_options = len(inspect.signature(make_backend).parameters) > 0
    return make_backend(options) if takes_options else make_backend()
