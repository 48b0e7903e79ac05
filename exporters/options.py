"""An exporter's options from each of their three sources: keyword arguments, the `exports:` of a roadmap, flags.

All three end in the same check, so that a value is good or bad in the same words wherever it came from.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..core.errors import InvalidRoadmap, Problem, UsageError
from ..core.model import Roadmap
from ..core.snapshot.filtering import Filter
from .contract import Exporter, option


class OptionSpec(NamedTuple):
    """What is known of one option."""

    name: str
    """As the keyword and the field: `min_font`. The flag and the YAML key write `-` for `_`; YAML takes both."""
    type: Any
    """`bool`, `int`, `float`, `str` or `tuple`."""
    default: Any
    help: str
    choices: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    metavar: str
    hidden: bool

    @property
    def flag(self) -> str:
        """The long flag without its dashes."""
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What may be left out of any output."""

    only: tuple[str, ...] = option((), "Only these entries: number, id or title; repeatable", metavar="NODE")
    tag: tuple[str, ...] = option((), "Only what carries one of these tags; repeatable", metavar="TAG")
    open: bool = option(False, "Leave out what is done or skipped")


class Settings(NamedTuple):
    """What was asked of an exporter."""

    options: Any
    """Its own `Options`."""
    filter: Filter = Filter()
    """What it is to be given of the roadmap."""


def filter_specs(exporter: Exporter) -> tuple[OptionSpec, ...]:
    """Return the options of the filter that an exporter has none of its own for."""
    own = {spec.name for spec in specs(exporter.Options)}
    return tuple(spec for spec in specs(FilterOptions) if spec.name not in own)


def specs(options: type[Any]) -> tuple[OptionSpec, ...]:
    """Return the options of an exporter's dataclass, in its order."""
    found = _specs.get(options)
    if found is None:
        hints = typing.get_type_hints(options)
        found = _specs[options] = tuple(
            OptionSpec(
                field.name,
                _plain_type(hints[field.name]),
                field.default,
                field.metadata.get("help", ""),
                field.metadata.get("choices", ()),
                field.metadata.get("minimum"),
                field.metadata.get("maximum"),
                field.metadata.get("metavar", ""),
                field.metadata.get("hidden", False),
            )
            for field in dataclasses.fields(options)
        )
    return found


_specs: dict[type[Any], tuple[OptionSpec, ...]] = {}
"""What was read off each dataclass: a cohort asks again for every output of every learner."""


def with_format(exporter: Exporter, target: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with the format that a file's name ends in, when the exporter has such and none was chosen."""
    ending = target.rpartition(".")[2].lower()
    spec = next((spec for spec in specs(exporter.Options) if spec.name == "format"), None)
    if spec is None or spec.type is not tuple or ending not in spec.choices or given.get("format"):
        return dict(given)
    return {**given, "format": (ending,)}


def _plain_type(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return typing.get_origin(hint) or hint


def from_keywords(exporter: Exporter, name: str, roadmap: Roadmap, keywords: Mapping[str, Any]) -> Settings:
    """Return the exporter's options and the filter: the defaults, over them the roadmap's, over them the keywords.

    Raises InvalidRoadmap for what the file says wrongly, UsageError for an unknown or ill-typed keyword.
    """
    problems = list(problems_in_file(exporter, name, roadmap))
    if problems:
        raise InvalidRoadmap(roadmap.path, problems)
    own, filters = specs(exporter.Options), filter_specs(exporter)
    known = {spec.name: spec for spec in (*own, *filters)}
    values = {
        key.replace("-", "_"): _accepted(known[key.replace("-", "_")], given.value, given.texts)
        for key, given in roadmap.exports.get(name, {}).items()
    }
    for key, value in keywords.items():
        if key not in known:
            raise UsageError(f"The exporter {name!r} has no option {key!r}.", remedy=_suggestion(key, known))
        complaint = _complaint(known[key], value)
        if complaint:
            raise UsageError(f"{name}: {key}: {complaint}.")
        values[key] = _accepted(known[key], value)
    chosen = Filter(**{spec.name: values.pop(spec.name) for spec in filters if spec.name in values})
    return Settings(exporter.Options(**values), chosen)


def problems_in_file(exporter: Exporter, name: str, roadmap: Roadmap) -> Iterator[Problem]:
    """Yield what is wrong with the roadmap's `exports:` entry for an exporter."""
    known = {spec.name: spec for spec in specs(exporter.Options)}
    if not getattr(exporter, "SYNCS", False):
        known |= {spec.name: spec for spec in filter_specs(exporter)}
    for key, given in roadmap.exports.get(name, {}).items():
        spec = known.get(key.replace("-", "_"))
        if spec is None:
            yield Problem(given.place, f"the exporter `{name}` has no option `{key}`", _suggestion(key, known))
        elif complaint := _complaint(spec, given.value):
            yield Problem(given.place, f"`{key}`: {complaint}")


def _suggestion(key: str, known: Mapping[str, OptionSpec]) -> str:
    near = get_close_matches(key.replace("-", "_"), known, 1)
    return f"did you mean `{known[near[0]].flag}`?" if near else f"it has {', '.join(s.flag for s in known.values())}"


def _complaint(spec: OptionSpec, value: Any) -> str:
    """Return what is wrong with a value, or nothing."""
    if value is None and spec.default is None:
        return ""
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", tuple: "a list of texts"}
    if not _FITS[spec.type](value):
        return f"must be {words[spec.type]}, not {value!r}"
    members = [value] if _is_text(value) or spec.type is not tuple else value
    for member in members:
        if spec.choices and str(member).lower() not in spec.choices:
            return f"must be one of {', '.join(spec.choices)}, not {member!r}"
    if spec.minimum is not None and value < spec.minimum:
        return f"must be at least {spec.minimum:g}, not {value:g}"
    if spec.maximum is not None and value > spec.maximum:
        return f"must be at most {spec.maximum:g}, not {value:g}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


_FITS: Mapping[Any, Callable[[Any], bool]] = {
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    float: _is_number,
    str: _is_text,
    tuple: lambda value: (
        _is_text(value) or (isinstance(value, (list, tuple)) and all(_is_text(member) for member in value))
    ),
}


def _accepted(spec: OptionSpec, value: Any, texts: tuple[str, ...] = ()) -> Any:
    """Return a value without complaint in the option's own type; `texts` are how it is written, where that is known."""
    if value is None:
        return None
    if spec.type is tuple:
        members = texts or ([value] if _is_text(value) else value)
        return tuple(_text(spec, member) for member in members)
    if spec.type is str:
        return _text(spec, texts[0] if texts else value)
    return float(value) if spec.type is float else value


def _text(spec: OptionSpec, value: Any) -> str:
    return str(value).lower() if spec.choices else str(value)
