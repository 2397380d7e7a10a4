"""The folder of a new instance, which gives it its name."""

from __future__ import annotations

from pathlib import Path


def new_instance(out: Path) -> str:
    """Give the name of an instance that is to be written into a folder.

    An instance that is not the embedded one must not bear its name, since commands load instances by name.

    Raises
    ------
    InputError
        The folder cannot be written, is one of the program, or has the name of an embedded instance.
    """
    from ...instances.catalogue import embedded_instances, is_inside_package
    from ...instances.common.atomic import check_folder
    from ...instances.common.path_names import as_text
    from ...instances.common.problems import reject

    check_folder(out)
    if is_inside_package(out):
        reject("this is a folder of the program itself", "name another folder with --out", file=str(out))
    if out.resolve().name in {entry.name for entry in embedded_instances()}:
        reject("an embedded instance has this name", "give the folder another one", file=str(out))
    return as_text(out.resolve().name)
