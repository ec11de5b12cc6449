"""Draws small PDFs for tests: paths, pictures, form objects, symbol characters, shading, tags.

Places are in points from the top left corner of the page, as in the package. Nothing but the
standard library and Pillow is needed.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.model.page import Page

Points = Sequence[tuple[float, float]]
WIDTH, HEIGHT = 300.0, 300.0

BLOCK = (
    (0.5, 0.02),
    (0.9, 0.45),
    (0.68, 0.45),
    (0.68, 0.98),
    (0.32, 0.98),
    (0.32, 0.45),
    (0.1, 0.45),
)
"""A block arrow upwards in a unit square, y downwards."""
SLIM = (
    (0.5, 0.0),
    (0.78, 0.34),
    (0.56, 0.34),
    (0.56, 1.0),
    (0.44, 1.0),
    (0.44, 0.34),
    (0.22, 0.34),
)
TRIANGLE = ((0.5, 0.07), (0.98, 0.9), (0.02, 0.9))
CHEVRON = ((0.5, 0.1), (0.95, 0.65), (0.8, 0.8), (0.5, 0.45), (0.2, 0.8), (0.05, 0.65))
NOTCHED = ((0.5, 0.0), (1.0, 1.0), (0.5, 0.75), (0.0, 1.0))
LIGATURES = "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi 2/fl]>>"
"""An encoding in which the characters 1 and 2 are two letters each."""
TURNS = {"up": 0, "right": 90, "down": 180, "left": 270, "up_right": 45, "down_right": 135}


def arrow(
    box: tuple[float, float, float, float], way: str, shape: Points = BLOCK
) -> list[tuple[float, float]]:
    """An arrow that points the way, in a box."""
    x0, top, x1, bottom = box
    angle = math.radians(TURNS[way])
    sin, cos = math.sin(angle), math.cos(angle)
    turned = [
        (0.5 + (x - 0.5) * cos - (y - 0.5) * sin, 0.5 + (x - 0.5) * sin + (y - 0.5) * cos)
        for x, y in shape
    ]
    return [(x0 + x * (x1 - x0), top + y * (bottom - top)) for x, y in turned]


class Sheet:
    """One page that is being drawn."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.width, self.height = width, height
        self.ops: list[str] = []
        self.pictures: list[Image.Image] = []
        self.forms: list[str] = []
        self.figures: list[tuple[str, tuple[float, float, float, float] | None]] = []
        self.boxes = ""
        self.shadings: list[str] = []
        self.layers: list[tuple[str, bool]] = []
        self.alphas: list[float] = []
        self.annotations: list[tuple[str, str]] = []

    # --- paths

    def path(
        self, points: Points, fill: str | None = None, stroke: str | None = None, width: float = 0.6
    ) -> None:
        """A closed polygon."""
        steps = [
            f"{x:.3f} {self.height - y:.3f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points)
        ]
        self._paint(" ".join(steps) + " h", fill, stroke, width)

    def line(self, points: Points, stroke: str = "#000000", width: float = 0.6) -> None:
        """An open line."""
        steps = [
            f"{x:.3f} {self.height - y:.3f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points)
        ]
        self.ops.append(f"q {_rgb(stroke)} RG {width} w {' '.join(steps)} S Q")

    def rect(
        self,
        box: tuple[float, float, float, float],
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.6,
    ) -> None:
        """An upright rectangle."""
        x0, top, x1, bottom = box
        self._paint(f"{x0} {self.height - bottom} {x1 - x0} {bottom - top} re", fill, stroke, width)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.6,
    ) -> None:
        """A circle of four curves."""
        self._paint(circle_path(x, self.height - y, radius), fill, stroke, width)

    def _paint(self, path: str, fill: str | None, stroke: str | None, width: float) -> None:
        how = "n" if not (fill or stroke) else "B" if fill and stroke else "f" if fill else "S"
        colours = (f"{_rgb(fill)} rg " if fill else "") + (f"{_rgb(stroke)} RG " if stroke else "")
        self.ops.append(f"q {colours}{width} w {path} {how} Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float], width: float = 0.5) -> None:
        """The rulings of a table."""
        for y in ys:
            self.line([(xs[0], y), (xs[-1], y)], width=width)
        for x in xs:
            self.line([(x, ys[0]), (x, ys[-1])], width=width)

    # --- characters

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9,
        font: str = "Helvetica",
        colour: str = "#000000",
        turn: float = 0,
    ) -> None:
        """Words with their base line at y, in one of the fonts of :meth:`pdf`."""
        sin, cos = math.sin(math.radians(turn)), math.cos(math.radians(turn))
        encoded = words.encode("latin-1").hex()
        self.ops.append(
            f"BT {_rgb(colour)} rg /{font} {size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} "
            f"{x} {self.height - y} Tm <{encoded}> Tj ET"
        )

    # --- what a reader may not see

    def in_layer(self, name: str, ops: str, *, on: bool) -> None:
        """Operators that belong to a layer."""
        self.layers.append((name, on))
        self.ops.append(f"/OC /L{len(self.layers) - 1} BDC {ops} EMC")

    def see_through(self, alpha: float, ops: str) -> None:
        """Operators that fill so opaquely, from 0 to 1."""
        self.alphas.append(alpha)
        self.ops.append(f"q /G{len(self.alphas) - 1} gs {ops} Q")

    def words(self, x: float, y: float, words: str, *, size: float = 9, how: str = "") -> str:
        """The operators that write words with their base line at y; ``how`` comes before."""
        encoded = words.encode("latin-1").hex()
        return f"BT {how} /Helvetica {size} Tf 1 0 0 1 {x} {self.height - y} Tm <{encoded}> Tj ET"

    def field(self, box: tuple[float, float, float, float], value: str) -> None:
        """A form field with a value, as a viewer shows it."""
        x0, top, x1, bottom = box
        text = value.encode("latin-1").hex()
        kind = f"/Subtype/Widget/FT/Tx/F 4/T(f{len(self.annotations)})/V<{text}>"
        self._annotate(kind, (x0, top, x1, bottom), text)

    def note(self, box: tuple[float, float, float, float], words: str) -> None:
        """A text that somebody put on the page."""
        text = words.encode("latin-1").hex()
        self._annotate(f"/Subtype/FreeText/F 4/Contents<{text}>/DA(/Helvetica 9 Tf)", box, text)

    def _annotate(self, kind: str, box: tuple[float, float, float, float], text: str) -> None:
        x0, top, x1, bottom = box
        rect = f"/Rect[{x0} {self.height - bottom} {x1} {self.height - top}]"
        shown = f"/Tx BMC q BT 0 g /Helvetica 9 Tf 1 0 0 1 2 3 Tm <{text}> Tj ET Q EMC"
        size = f"/Type/XObject/Subtype/Form/BBox[0 0 {x1 - x0} {bottom - top}]"
        self.annotations.append((f"/Type/Annot{kind}{rect}", f"{size}\n{shown}"))

    # --- pictures, forms, raw operators

    def picture(self, box: tuple[float, float, float, float], picture: Image.Image) -> None:
        """A picture; one with an alpha channel gets a soft mask."""
        x0, top, x1, bottom = box
        self.pictures.append(picture)
        self.ops.append(
            f"q {x1 - x0} 0 0 {bottom - top} {x0} {self.height - bottom} cm "
            f"/P{len(self.pictures) - 1} Do Q"
        )

    def form(self, ops: str, x: float, y: float) -> None:
        """A form object whose own origin is put at x, y."""
        self.forms.append(ops)
        self.ops.append(f"q 1 0 0 1 {x} {self.height - y} cm /M{len(self.forms) - 1} Do Q")

    def tagged(
        self, alt: str, draw: str = "content", box: tuple[float, float, float, float] | None = None
    ) -> None:
        """Tie an alternative text to what was drawn last, by marked content or by a box alone."""
        if draw == "content":
            self.ops[-1] = f"/Figure <</MCID {len(self.figures)}>> BDC {self.ops[-1]} EMC"
            self.figures.append((alt, None))
        else:
            self.figures.append((alt, box))

    # --- the file

    def page(self, folder: Path) -> Page:
        """The page as the engine reads it."""
        path = folder / f"sheet{len(list(folder.iterdir()))}.pdf"
        path.write_bytes(self.pdf())
        return PdfDocument(path).page(1)

    def pdf(self) -> bytes:
        """The file's bytes."""
        out = Objects()
        catalog, pages, page = out.reserve(), out.reserve(), out.reserve()
        fonts = " ".join(
            f"/{name} {out.add(f'<</Type/Font/Subtype/Type1/BaseFont/{base}{encoding}>>')} 0 R"
            for name, base, encoding in (
                ("Helvetica", "Helvetica", "/Encoding/WinAnsiEncoding"),
                ("ZapfDingbats", "ZapfDingbats", ""),
                ("Symbol", "Symbol", ""),
                ("Wingdings", "Wingdings-Regular", "/Encoding/WinAnsiEncoding"),
                ("Ligatures", "Helvetica", LIGATURES),
            )
        )
        objects = [f"/P{n} {_picture(out, picture)} 0 R" for n, picture in enumerate(self.pictures)]
        for n, ops in enumerate(self.forms):
            extra = (
                f"/Type/XObject/Subtype/Form/BBox[-50 -50 100 100]/Resources<</Font<<{fonts}>>>>"
            )
            objects.append(f"/M{n} {out.stream(ops.encode(), extra)} 0 R")
        shadings = " ".join(f"/S{n} {out.add(text)} 0 R" for n, text in enumerate(self.shadings))
        layers = [out.add(f"<</Type/OCG/Name({name})>>") for name, _ in self.layers]
        alphas = " ".join(f"/G{n} <</ca {alpha}>>" for n, alpha in enumerate(self.alphas))
        more = f"/ExtGState<<{alphas}>>/Properties<<{_numbered('L', layers)}>>"
        notes = [out.add(self._annotation(out, *one, fonts)) for one in self.annotations]
        annotations = f"/Annots[{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
        content = out.stream("\n".join(self.ops).encode())
        out.put(
            page,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {self.width} {self.height}]{self.boxes}"
            f"{annotations}"
            f"/Contents {content} 0 R/Resources<</Font<<{fonts}>>/XObject<<{' '.join(objects)}>>"
            f"/Shading<<{shadings}>>{more}>>>>",
        )
        out.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
        off = [n for n, (_, on) in zip(layers, self.layers, strict=True) if not on]
        optional = f"/OCProperties<</OCGs[{_refs(layers)}]/D<</OFF[{_refs(off)}]>>>>"
        more = (optional if layers else "") + (
            f"/AcroForm<</Fields[{_refs(notes)}]>>" if notes else ""
        )
        out.put(catalog, f"<</Type/Catalog/Pages {pages} 0 R{more}{self._tree(out, page)}>>")
        return out.file(catalog)

    def _annotation(self, out: Objects, kind: str, look: str, fonts: str) -> str:
        head, _, ops = look.partition("\n")
        form = out.stream(ops.encode(), f"{head}/Resources<</Font<<{fonts}>>>>")
        return f"<<{kind}/AP<</N {form} 0 R>>>>"

    def _tree(self, out: Objects, page: int) -> str:
        if not self.figures:
            return ""
        root = out.reserve()
        kids = []
        for n, (alt, box) in enumerate(self.figures):
            text = ("\ufeff" + alt).encode("utf-16-be").hex()
            place = f"/K {n}"
            if box is not None:
                low, high = self.height - box[3], self.height - box[1]
                place = f"/A<</O/Layout/BBox[{box[0]} {low} {box[2]} {high}]>>"
            kids.append(
                out.add(
                    f"<</Type/StructElem/S/Figure/P {root} 0 R/Pg {page} 0 R/Alt<{text}>{place}>>"
                )
            )
        out.put(root, f"<</Type/StructTreeRoot/K[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
        return f"/StructTreeRoot {root} 0 R/MarkInfo<</Marked true>>"


def _refs(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _numbered(letter: str, numbers: Sequence[int]) -> str:
    return " ".join(f"/{letter}{n} {number} 0 R" for n, number in enumerate(numbers))


def circle_path(x: float, y: float, r: float) -> str:
    """PDF operators of a circle about x, y (y upwards)."""
    k = 0.5523 * r
    return (
        f"{x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c h"
    )


def picture_of(
    points: Points | None, fill: str, ground: str | None = None, pixels: int = 44
) -> Image.Image:
    """A polygon of a unit square (a disc where None) with soft edges, on a ground or on nothing."""
    from PIL import ImageDraw

    big = pixels * 4
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if points is None:
        draw.ellipse((4, 4, big - 4, big - 4), fill=fill)
    else:
        draw.polygon([(x * big, y * big) for x, y in points], fill=fill)
    image = image.resize((pixels, pixels), Image.Resampling.LANCZOS)
    if ground is None:
        return image
    paper = Image.new("RGB", image.size, ground)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _rgb(colour: str | None) -> str:
    assert colour is not None
    return " ".join(f"{int(colour[n : n + 2], 16) / 255:.4f}" for n in (1, 3, 5))


def _picture(out: Objects, picture: Image.Image) -> int:
    def raw(image: Image.Image, space: str, mask: str = "") -> int:
        size = f"/Width {image.width}/Height {image.height}/BitsPerComponent 8/ColorSpace/{space}"
        return out.stream(image.tobytes(), f"/Type/XObject/Subtype/Image{size}{mask}")

    if picture.mode == "RGBA":
        mask = raw(picture.getchannel("A"), "DeviceGray")
        return raw(picture.convert("RGB"), "DeviceRGB", f"/SMask {mask} 0 R")
    return raw(picture.convert("RGB"), "DeviceRGB")


class Objects:
    """The numbered objects of a file."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        self._objects.append(b"null")
        return len(self._objects)

    def put(self, number: int, text: str) -> None:
        self._objects[number - 1] = text.encode("latin-1")

    def add(self, text: str) -> int:
        number = self.reserve()
        self.put(number, text)
        return number

    def stream(self, data: bytes, extra: str = "") -> int:
        packed = zlib.compress(data)
        head = f"<<{extra}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode("latin-1")
        self._objects.append(head + packed + b"\nendstream")
        return len(self._objects)

    def file(self, catalog: int) -> bytes:
        out, places = b"%PDF-1.7\n", []
        for number, content in enumerate(self._objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        size = len(self._objects) + 1
        table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        tail = f"trailer\n<</Size {size}/Root {catalog} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
        return out + (table + tail).encode()
