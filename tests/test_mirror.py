"""Tests stand where their module stands."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
MIRRORED = ("instances", "models", "solver", "app", "benchmarks")
"""Folders of tests whose files are named after modules."""

OTHERS = {"data", "docs", "install", "known_answers", "support"}
"""Folders of tests for what is no package: documents, installing, published figures; and what tests share."""

RECIPES = ("test_recipe.py", "test_recipes.py")
"""What CONTRIBUTING says of adding one thing to a room, done step by step."""

CROSS_CUTTING = {
    "app/commands/test_add_flows.py": "one subcommand of `instance`",
    "app/commands/test_bad_input.py": "mistakes in the input of every command",
    "app/commands/test_evaluate_regions.py": "plans of some regions, by `evaluate` and `compare`",
    "app/commands/test_import_districting.py": "one subcommand of `instance`, and `solve` after it",
    "app/commands/test_new_term.py": "a term of one's own on the command line",
    "app/commands/test_on_cluster.py": "answers worked out on a cluster, by every command",
    "app/commands/test_older_runs.py": "runs of earlier versions, by every command that takes one",
    "app/commands/test_one_frame.py": "one frame of all regions, by every command",
    "app/commands/test_outside_regions.py": "answers for some regions, by every command",
    "app/commands/test_synth.py": "one subcommand of `instance`",
    "app/files/test_forged_files.py": "altered runs, in every file beside the plan",
    "app/files/test_forged_plan.py": "altered runs, in every value of the plan",
    "app/files/test_out.py": "folders that cannot be written, by every command",
    "app/files/test_verified.py": "what is called verified, in every file",
    "app/input/test_plans_of_people.py": "plans as people have them, by every command",
    "app/web/page/test_asking.py": "what is asked, by a browser",
    "app/web/page/test_by_hand.py": "drawing by hand, two plans, files and printing, by a browser",
    "app/web/page/test_map.py": "the map, by a browser",
    "app/web/page/test_reply.py": "the panel of the answer, by a browser",
    "app/web/page/test_scripts.py": "the page's scripts, by node and the TypeScript compiler",
    "app/web/test_document.py": "the document that describes the API, against the server",
    "app/web/test_outside.py": "what files of the page and the page itself ask other hosts",
    "app/web/test_stories.py": "what planners do on the page, in a browser",
    "app/web/page/test_undoing.py": "undoing in a browser, while answers are told",
    "app/web/test_start.py": "how the page starts and ends as a process",
    "app/pictures/test_in_dutch.py": "texts of every picture, in Dutch",
    "app/dutch/test_sources.py": "sentences in the source of the whole program, each with its Dutch",
    "app/test_dutch_output.py": "what every command prints in Dutch",
    "app/test_texts.py": "any text in any name, by every command and picture",
    "instances/importing/test_flanders.py": "the embedded instances, made again from the official files",
    "instances/importing/test_noise.py": "official boundaries with noise, through all steps",
    "instances/importing/test_truncated_files.py": "files that were cut off, of every kind",
    "instances/importing/test_written.py": "official tables as other programs write them",
    "instances/test_own_folders.py": "instance folders made by hand: reading and writing together",
    "instances/test_truncated.py": "files of an instance folder that were cut off",
    "models/scenario/test_levels.py": "levels, in scenarios and in the tables that state them",
    "models/scenario/test_weights.py": "weights, in scenarios and in the tables that state them",
    "models/scenario/test_written_values.py": "values as TOML writes them, in every table",
    "models/terms/test_pairs_everywhere.py": "terms on pairs, by every route",
    "solver/checking/test_census_forged.py": "altered certificates of a census, in every part of one",
    "solver/checking/test_forged.py": "altered certificates, in every part of one",
    "solver/test_budgets.py": "budgets over the whole plan, by every route",
    "solver/engines/test_engines.py": "all engines on the same programmes",
    "solver/engines/test_engines_flanders.py": "all engines on the same regions",
    "solver/engines/test_silence.py": "standard output, which no engine writes to",
    "solver/methods/heuristic/test_no_plan.py": "the search as a whole where there is no plan",
    "solver/methods/test_cut_off.py": "every method, ended early",
    "solver/methods/test_nested_plans.py": "both levels together, by every method that answers them",
    "solver/regions/test_compact.py": "regions by every compact formulation",
    "solver/results/test_plan_counts.py": "municipalities before and after, wherever they are stated",
    "solver/results/test_shown_values.py": "values in every table that shows them",
    "solver/test_bounds_that_last.py": "bounds under further columns of inhabitants, by every method",
    "solver/test_one_frame.py": "one frame of all regions, wherever a plan is made or judged",
    "solver/test_reprs.py": "the short form of every answer",
    "solver/test_enclosed.py": "a rule that each merger keeps or breaks by itself, by every method",
    "solver/test_side_constraints.py": "a second side constraint, by every method",
    "solver/regions/test_seat_rule.py": "the rule that says which member is the seat, by every method",
    "solver/regions/test_decided.py": "prices of plans without a part, by every way to list",
    "solver/regions/test_solving_brute.py": "`solve` against brute force",
}
"""Tests of no one module, each with what it tests."""


def all_test_files() -> list[str]:
    """List the test files in the mirrored folders."""
    return sorted(
        file.relative_to(TESTS).as_posix()
        for package in MIRRORED
        for file in (TESTS / package).rglob("test_*.py")
    )


def has_module(test: str) -> bool:
    """Tell whether a test file has a module, or a package, at the mirrored place."""
    place = TESTS.parent / test
    module = place.with_name(place.name.removeprefix("test_"))
    return module.exists() or (module.with_suffix("") / "__init__.py").exists()


@pytest.mark.parametrize("test", all_test_files())
def test_tests_stand_where_their_module_stands(test: str) -> None:
    is_elsewhere = test in CROSS_CUTTING or Path(test).name in RECIPES
    assert has_module(test) or is_elsewhere, "move it, or say in CROSS_CUTTING what it tests"
    assert (TESTS.parent / test).parent.is_dir(), "there is no such room"


def test_what_is_cross_cutting_is_there_and_has_no_module() -> None:
    assert set(CROSS_CUTTING) <= set(all_test_files())
    assert [test for test in CROSS_CUTTING if has_module(test)] == []


def test_every_folder_of_tests_is_named() -> None:
    folders = {
        path.name for path in TESTS.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))
    }
    assert folders == {*MIRRORED, *OTHERS}
