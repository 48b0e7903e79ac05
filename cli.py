"""The command line: a table of commands, imported when they are used, and one place where errors become words."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from roadpress import __version__

COMMANDS = {
    "new": ("roadpress.commands.new", "A starter roadmap.yaml, commented"),
    "import": ("roadpress.commands.import_", "A chat answer, a README or an outline to roadmap.yaml"),
    "check": ("roadpress.commands.check", "Every problem of a roadmap with its place"),
    "diff": ("roadpress.commands.diff", "What changed between two roadmaps, or since a revision"),
    "build": ("roadpress.commands.build", "Every offline output, into output/"),
    "tick": ("roadpress.commands.tick", "Record what is done: `tick 3.2 3.5-3.8`"),
    "untick": ("roadpress.commands.untick", "Take ticks back"),
    "skip": ("roadpress.commands.skip", "Leave things out"),
    "collect": ("roadpress.commands.collect", "Bring ticks back from outputs"),
    "orphans": ("roadpress.commands.orphans", "Ticks that fit no entry; `tick 3.3 --adopt OLD` places one"),
    "status": ("roadpress.commands.status", "Where you stand"),
    "next": ("roadpress.commands.next_", "What to do now"),
    "plan": ("roadpress.commands.plan", "The calendar, week by week"),
    "pin": ("roadpress.commands.pin", "Ids into the roadmap, so that nothing loses its ticks"),
    "trello": ("roadpress.commands.trello", "A Trello board: plan, push, pull"),
    "planka": ("roadpress.commands.planka", "A board in a Planka 2 of your own: plan, push, pull"),
    "serve": ("roadpress.commands.serve", "The checklist in the browser; ticks go to the file"),
    "edit": ("roadpress.commands.edit", "The roadmap and its outputs in the browser, to edit"),
    "cohort": ("roadpress.commands.cohort", "One roadmap, many learners: check, build, collect, status"),
    "exporters": ("roadpress.commands.exporters", "What is installed"),
    "schema": ("roadpress.commands.schema", "The JSON Schema of roadmap.yaml"),
    "completion": ("roadpress.commands.completion", "What makes your shell complete commands and titles"),
    "help": ("roadpress.commands.help_", "What a command does; `--man` is the man page"),
}
"""Each name with its module, whose `command` is a click command, and its line in `--help`."""


class Commands(click.Group):
    """A group that imports a command when it is asked for: ours, an exporter's, or a plug-in's."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order people need them."""
        from roadpress.exporters.registry import BUILT_IN

        return [*COMMANDS, *(name for name in BUILT_IN if name not in COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command by its name; None when nothing has it."""
        from roadpress.commands.manners import manners

        if cmd_name in COMMANDS:
            command: click.Command = import_module(COMMANDS[cmd_name][0]).command
            return manners(command)
        from roadpress.commands.export import exporter_command

        made = exporter_command(cmd_name) or _target_command(cmd_name)
        return manners(made) if made else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which was probably meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(ctx), 1)
            hint = f"Did you mean `{near[0]}`?" if near else "`roadpress --help` lists them."
            ctx.fail(f"There is no command `{name}`. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of `--help` from the tables alone."""
        from roadpress.exporters.registry import BUILT_IN

        with formatter.section("Outputs"):
            formatter.write_dl([(name, entry.summary) for name, entry in BUILT_IN.items()])
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items() if name not in BUILT_IN])


def _target_command(name: str) -> click.Command | None:
    """Return the commands of a plug-in's board service; None when there is none of that name."""
    from roadpress.commands.boards import target_command

    return target_command(name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="roadpress")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more; a bug shows its traceback.")
@click.pass_context
def cli(ctx: click.Context, *, quiet: bool, verbose: bool) -> None:
    """One roadmap.yaml to a PDF, a printable mind map, a Trello board and an interactive checklist.

    \b
    roadpress import NOTES.md     a chat answer or a README to roadmap.yaml
    roadpress build               the PDF, the map and the checklist, into output/
    """
    from roadpress.commands.console import Console

    ctx.obj = Console(quiet=quiet, verbose=verbose)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; errors of any kind end here in plain words.

    Without `args` it is the console script, whose process ends with the command.
    """
    if args is None:
        gc.set_threshold(1_000_000)  # it is over before it has garbage, and looking for some takes up to half of it
    from roadpress.commands.streams import prepare

    prepare()
    try:
        result: Any = cli.main(
            args=list(args) if args is not None else None, prog_name="roadpress", standalone_mode=False
        )
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return _leave_pipe()
    except Exception as error:  # noqa: BLE001 - the one place where every error becomes words
        from roadpress.commands.console import explain
        from roadpress.exporters.registry import BUILT_IN

        return explain(error, sys.argv[1:] if args is None else args, {*COMMANDS, *BUILT_IN})
    return int(result) if isinstance(result, int) else 0


def _leave_pipe() -> int:
    """End quietly when the reader of a pipe has gone (`roadpress check | head`)."""
    sys.stderr.close()
    return 141


def run() -> NoReturn:
    """Run as a console script."""
    code = main()
    gc.freeze()  # nor is garbage looked for at the end: all goes with the process
    sys.exit(code)


if __name__ == "__main__":
    run()
