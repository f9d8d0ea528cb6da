#!/usr/bin/env python3
"""Prints the rows of conformance-cases/operators/image/ImageDecoder.yaml: small picture files as bytes.

Every file is written here from its specification, with the filters, depths and headers that the case
is about; only the compression is zlib's. Pixels come from a fixed linear congruential generator.

    scripts/encode-pictures.py            prints all groups of rows
    scripts/encode-pictures.py --check    compares them with the case file
"""
import struct
import sys
import zlib
from pathlib import Path


class Random:
    def __init__(self, seed):
        self.state = seed * 2654435761 % 2**32

    def __call__(self, below):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return (self.state >> 8) % below


def chunk(name, content, check=None):
    sum_ = zlib.crc32(name + content) if check is None else check
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", sum_)


SIGNATURE = bytes([137, 80, 78, 71, 13, 10, 26, 10])
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def packed(values, depth):
    bits = "".join(format(value, f"0{depth}b") for value in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def nearest(left, up, corner):
    goal = left + up - corner
    return min((left, up, corner), key=lambda value: abs(goal - value))


def filtered(kind, line, above, distance):
    out = bytearray([kind])
    for index, byte in enumerate(line):
        left = line[index - distance] if index >= distance else 0
        corner = above[index - distance] if index >= distance else 0
        up = above[index]
        out.append((byte - [0, left, up, (left + up) // 2, nearest(left, up, corner)][kind]) % 256)
    return bytes(out)


PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(seed, width, height, kind, depth, filters=(0,), interlaced=0, parts=1, extra=b"", opaque=True):
    random = Random(seed)
    most = 2**depth - 1
    colours = [[random(256) for _ in range(3)] for _ in range(min(256, 2**depth))]

    def sample(position):
        if opaque and kind in (4, 6) and position == SAMPLES[kind] - 1:
            return most
        if depth == 16:
            return random(256) * 257
        return random(len(colours) if kind == 3 else most + 1)

    pixels = [[[sample(k) for k in range(SAMPLES[kind])] for _ in range(width)] for _ in range(height)]
    raw = b""
    distance = max(1, SAMPLES[kind] * depth // 8)
    for row, column, down, right in PASSES if interlaced else [(0, 0, 1, 1)]:
        lines = [line[column::right] for line in pixels[row::down]]
        above = None
        for number, line in enumerate(lines):
            if not line:
                continue
            data = packed([value for pixel in line for value in pixel], depth)
            raw += filtered(filters[number % len(filters)], data, above or bytes(len(data)), distance)
            above = data
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    stream = zlib.compress(raw, 9)
    size = -(-len(stream) // parts)
    body = b"".join(chunk(b"IDAT", stream[i : i + size]) for i in range(0, len(stream), size))
    table = chunk(b"PLTE", bytes(sum(colours, []))) if kind == 3 else b""
    return SIGNATURE + chunk(b"IHDR", header) + extra + table + body + chunk(b"IEND", b"")


def bmp(seed, width, height, depth, down=False, header=40, used=0):
    random = Random(seed)
    count = used or (2**depth if depth <= 8 else 0)
    table = bytes(value for _ in range(count) for value in (random(256), random(256), random(256), 0))
    rows = b""
    for _ in range(height):
        if depth <= 8:
            line = packed([random(count) for _ in range(width)], depth)
        elif depth == 16:
            line = b"".join(
                struct.pack("<H", sum(random(2) * 31 << shift for shift in (0, 5, 10))) for _ in range(width))
        else:
            line = bytes(random(256) for _ in range(width * depth // 8))
        rows += line + bytes(-len(line) % 4)
    start = 14 + header + len(table)
    head = struct.pack("<IiiHHIIiiII", header, width, -height if down else height, 1, depth, 0, len(rows), 2835, 2835, used, 0)
    head += bytes(header - 40)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + head + table + rows


def netpbm(seed, width, height, kind, most, note=b""):
    random = Random(seed)
    count = width * height * (3 if kind in (3, 6) else 1)
    samples = [random(256) * 257 if most == 65535 else random(most + 1) for _ in range(count)]
    head = b"P%d\n%s%d %d\n" % (kind, note, width, height) + (b"" if kind in (1, 4) else b"%d\n" % most)
    if kind in (1, 2, 3):
        gap = b"" if kind == 1 else b" "
        lines = [samples[i : i + count // height] for i in range(0, count, count // height)]
        return head + b"\n".join(gap.join(b"%d" % value for value in line) for line in lines) + b"\n"
    if kind == 4:
        return head + b"".join(packed(samples[i : i + width], 1) for i in range(0, count, width))
    return head + (b"".join(struct.pack(">H", value) for value in samples) if most > 255 else bytes(samples))


def damaged(file, position, value):
    return file[:position] + bytes([value]) + file[position + 1 :]


def header(width, height, depth=8, kind=2, method=0, interlaced=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, method, interlaced))


def body(raw):
    return chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


SMALL = png(90, 4, 3, 2, 8)
NOTE = chunk(b"tEXt", b"Comment\0a note") + chunk(b"tIME", bytes([7, 230, 1, 2, 3, 4, 5]))

GROUPS = {
    "png": [
        png(1, 5, 4, 0, 8), png(2, 4, 5, 2, 8), png(3, 5, 4, 3, 8, filters=(0, 1)), png(4, 6, 3, 4, 8),
        png(5, 3, 6, 6, 8), png(6, 4, 4, 0, 16), png(7, 3, 5, 2, 16), png(8, 3, 4, 4, 16), png(9, 4, 3, 6, 16),
        png(10, 7, 5, 3, 4),
    ],
    "png-filters": [
        png(20, 5, 10, 2, 8, filters=(0, 1, 2, 3, 4)), png(21, 6, 5, 0, 8, filters=(4, 3, 2, 1, 0)),
        png(22, 4, 5, 6, 8, filters=(3, 4)), png(23, 3, 5, 2, 16, filters=(4, 1, 3, 2)),
        png(24, 9, 6, 0, 4, filters=(4, 3, 2, 1)), png(25, 5, 4, 4, 8, filters=(2, 4)),
    ],
    "png-interlaced": [
        png(30, 9, 9, 2, 8, interlaced=1, filters=(4, 1)), png(31, 5, 3, 0, 8, interlaced=1),
        png(32, 2, 3, 2, 8, interlaced=1), png(33, 3, 11, 3, 8, interlaced=1, filters=(2, 3)),
    ],
    "png-chunks": [
        png(40, 5, 4, 2, 8, parts=4), png(41, 4, 4, 0, 8, extra=NOTE),
        png(42, 4, 3, 3, 8, parts=2, extra=chunk(b"gAMA", struct.pack(">I", 45455))),
    ],
    "bmp": [
        bmp(50, 5, 4, 24), bmp(51, 4, 3, 32), bmp(52, 5, 4, 8), bmp(53, 7, 4, 4), bmp(54, 3, 5, 24, down=True),
        bmp(55, 4, 4, 24, header=124), bmp(56, 6, 3, 8, used=20), bmp(57, 2, 7, 24),
    ],
    "netpbm": [
        netpbm(60, 5, 4, 2, 255), netpbm(61, 4, 4, 3, 255), netpbm(62, 5, 4, 5, 255), netpbm(63, 4, 5, 6, 255),
        netpbm(64, 4, 3, 3, 51, note=b"# a note\n"), netpbm(65, 4, 4, 6, 65535), netpbm(66, 5, 4, 5, 65535),
        netpbm(67, 4, 3, 6, 85, note=b"# one\n# two\n"),
    ],
    "few-colours": [
        png(70, 9, 5, 0, 1), png(71, 7, 5, 0, 2), png(72, 6, 5, 3, 1), png(73, 9, 9, 0, 1, interlaced=1),
        png(77, 7, 4, 3, 2), bmp(74, 9, 4, 1), bmp(78, 5, 4, 16), netpbm(75, 9, 5, 1, 1), netpbm(76, 10, 4, 4, 1),
        netpbm(79, 6, 4, 2, 3, note=b"# a note\n"), png(80, 7, 5, 0, 4),
    ],
    "pixel-formats": [png(81, 5, 4, 2, 8), bmp(83, 5, 4, 24), netpbm(84, 5, 4, 6, 255)],
    "grey-pictures": [png(82, 5, 4, 0, 8), netpbm(85, 5, 4, 5, 255), png(86, 4, 5, 4, 8)],
    "corrupt": [
        b"", b"\x89", b"not a picture", SIGNATURE, SMALL[:-25], SMALL[: len(SMALL) // 2], damaged(SMALL, 30, SMALL[30] ^ 1),
        damaged(SMALL, 45, SMALL[45] ^ 255),
        SIGNATURE + header(0, 3) + body(bytes(3)), SIGNATURE + header(2, 1, depth=5) + body(bytes(7)),
        SIGNATURE + header(2, 1, kind=5) + body(bytes(7)), SIGNATURE + header(2, 1) + body(b"\x09" + bytes(6)),
        SIGNATURE + header(2, 1, interlaced=7) + body(bytes(7)), SIGNATURE + header(2, 3) + body(bytes(7)),
        SIGNATURE + header(2, 1, kind=3) + body(bytes(3)), SIGNATURE + header(2, 1) + chunk(b"IEND", b""),
        SIGNATURE + header(2**31 - 1, 2**31 - 1) + body(bytes(50)),
        SIGNATURE + chunk(b"IHDR", b"\0" * 5) + body(bytes(7)), SIGNATURE + struct.pack(">I", 2**31 - 1) + b"IHDR",
        bmp(91, 5, 4, 24)[:-7], bmp(92, 5, 4, 24)[:30],
        damaged(bmp(93, 3, 2, 24), 21, 127), damaged(damaged(bmp(94, 3, 2, 24), 21, 127), 25, 127),
        bmp(95, 0, 4, 24), damaged(bmp(96, 3, 2, 24), 28, 7), damaged(bmp(97, 3, 2, 8), 47, 2),
        b"P6\n", b"P6\n4 4\n255\n" + bytes(20), b"P5\n999999999 999999999\n255\n" + bytes(20), b"P2\n2 2\n255\n1 2 x 4\n",
        b"P3\n0 3\n255\n", b"P5\n2 2\n70000\n" + bytes(20), b"P1\n3 2\n0 1 2 0 1 0\n",
    ],
}


def lines(name):
    return [f"      - {{file: {list(file)}}}" for file in GROUPS[name]]


def main():
    if sys.argv[1:] != ["--check"]:
        for name in GROUPS:
            print(f"# {name}", *lines(name), sep="\n")
        return
    text = Path(__file__).parent.parent / "conformance-cases/operators/image/ImageDecoder.yaml"
    known = text.read_text().splitlines()
    missing = [line for name in GROUPS for line in lines(name) if line not in known]
    if missing:
        sys.exit(f"{len(missing)} rows differ, the first one: {missing[0]}")


main()
