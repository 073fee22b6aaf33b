"""The style sheet: one template for both themes, filled in from the tokens."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template

from studio.theme.fonts import families
from studio.theme.tokens import RADIUS, SPACE, TYPE, Colors

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def style_sheet(colors: Colors) -> str:
    """The Qt style sheet of the whole application in these colors."""
    sans, monospace = families()
    words = {name: str(value) for name, value in asdict(colors).items()}
    words |= {f"space_{name}": f"{value}px" for name, value in SPACE._asdict().items()}
    words |= {f"radius_{name}": f"{value}px" for name, value in RADIUS._asdict().items()}
    words |= {f"type_{name}": f"{value}px" for name, value in TYPE._asdict().items()}
    words |= {"sans": sans, "mono": monospace, "theme": "dark" if colors.dark else "light"}
    words["marks"] = (ASSETS / "icons" / "marks").as_posix()
    return Template((Path(__file__).with_name("studio.qss")).read_text("utf-8")).substitute(words)
