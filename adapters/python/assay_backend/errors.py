"""What a backend raises instead of returning a result."""

#: What can be unsupported, with the numbers of `Reason` in worker.proto.
REASONS = {
    "operator": 1,
    "opset": 2,
    "dtype": 3,
    "rank": 4,
    "shape": 5,
    "attribute": 6,
    "dynamicShape": 7,
    "layout": 8,
    "numericMode": 9,
    "memory": 10,
    "other": 11,
}


class Refusal(Exception):
    """A backend declines or fails; `status` is the number of `Status` in worker.proto."""

    status = 6
    reason = "other"


class Unsupported(Refusal):
    """A legal request that this backend does not do.

    `reason` is one of the keys of `REASONS`; `text` is one sentence for a person.
    """

    status = 2

    def __init__(self, reason, text):
        super().__init__(text)
        if reason not in REASONS:
            raise ValueError(f"reason {reason!r}: expected one of {', '.join(REASONS)}")
        self.reason = reason


class InvalidModel(Refusal):
    """The model breaks a rule of the ONNX standard."""

    status = 3


class InvalidInput(Refusal):
    """Count, type, shape or contents of the inputs do not fit the model."""

    status = 4


class DeviceUnavailable(Refusal):
    """There is no device, or it was lost."""

    status = 7


class MalformedOutput(Refusal):
    """The backend returned something that is no value; raised by this package."""

    status = 8
