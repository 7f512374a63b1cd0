#!/usr/bin/env python3
"""Draws the app's icon: two waves that run side by side, as on Android. No disguise, and nothing of what the app is for.

    ios/tools/icon.py            writes the three pictures of the asset catalog
    ios/tools/icon.py --check    compares them with what it would draw

Needs nothing but Python. A picture is 1024 by 1024, without transparency, as the App Store asks.
"""
import pathlib
import struct
import sys
import zlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "App/Resources/Assets.xcassets/AppIcon.appiconset"
SIZE = 1024
# The middle 72 of Android's 108: what a mask leaves there.
LEFT, ACROSS = 18, 72
STROKE = 6
WAVES = [
    [((34, 54), (41, 38), (49, 38), (54, 48)), ((54, 48), (59, 58), (67, 58), (74, 42))],
    [((34, 68), (41, 52), (49, 52), (54, 62)), ((54, 62), (59, 72), (67, 72), (74, 56))],
]
# Ground and shape; for a dark screen; and without colour, which the system then tints.
SCHEMES = {
    "light.png": ((0xE4, 0xEC, 0xE9), (0x3F, 0x62, 0x5B)),
    "dark.png": ((0x14, 0x1C, 0x1A), (0xA9, 0xCF, 0xC6)),
    "tinted.png": ((0x00, 0x00, 0x00), (0xE0, 0xE0, 0xE0)),
}


def coverage():
    """How much of each pixel the waves cover, from 0 to 255."""
    scale = SIZE / ACROSS
    radius = STROKE / 2 * scale
    cover = bytearray(SIZE * SIZE)
    for curve in (curve for wave in WAVES for curve in wave):
        for step in range(401):
            t = step / 400
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            x, y = (sum(w * p[axis] for w, p in zip(weights, curve)) for axis in (0, 1))
            x, y = (x - LEFT) * scale, (y - LEFT) * scale
            for row in range(int(y - radius - 1), int(y + radius + 2)):
                inside = (radius + 0.5) ** 2 - (row + 0.5 - y) ** 2
                if inside <= 0:
                    continue
                half = inside**0.5
                for column in range(int(x - half), int(x + half) + 1):
                    far = ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2) ** 0.5
                    value = max(0, min(255, round(255 * (radius + 0.5 - far))))
                    at = row * SIZE + column
                    if value > cover[at]:
                        cover[at] = value
    return cover


def rows(cover, ground, shape):
    """The picture's rows, each after its filter byte."""
    shades = [bytes(round(g + (s - g) * v / 255) for g, s in zip(ground, shape)) for v in range(256)]
    lines = []
    for row in range(SIZE):
        line = cover[row * SIZE : (row + 1) * SIZE]
        lines.append(b"\0" + b"".join(shades[value] for value in line))
    return b"".join(lines)


def png(data):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def drawn(picture):
    """The rows of a picture that this wrote. Packed bytes differ from one zlib to the next; these do not."""
    body, at = b"", 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            body += picture[at + 8 : at + 8 + length]
        at += length + 12
    return zlib.decompress(body)


def main():
    cover = coverage()
    differs = []
    for name, (ground, shape) in SCHEMES.items():
        data = rows(cover, ground, shape)
        if sys.argv[1:] == ["--check"]:
            path = FOLDER / name
            if not path.is_file() or drawn(path.read_bytes()) != data:
                differs.append(name)
        else:
            (FOLDER / name).write_bytes(png(data))
    if differs:
        sys.exit(f"not as drawn: {', '.join(differs)}")


if __name__ == "__main__":
    main()
