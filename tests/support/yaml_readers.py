"""What a YAML text says to each library that reads YAML: PyYAML in Python and on libyaml, and ruamel.yaml, which is YAML 1.2."""

from __future__ import annotations

from typing import Any

import yaml
from ruamel.yaml import YAML


def read_by_all(text: str) -> Any:
    """Return what a text says, and see that it says the same to all."""
    pure, quick = (yaml.load(text, loader) for loader in (yaml.SafeLoader, yaml.CSafeLoader))
    other = YAML(typ="safe", pure=True).load(text)
    assert pure == quick, "PyYAML and libyaml"
    assert pure == other, "PyYAML and ruamel.yaml"
    return pure
