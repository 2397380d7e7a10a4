"""Checks of coordinate reference systems: existence, metres, true lengths, fit to the coordinates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..common.problems import Problems

LAMBERT_72 = "EPSG:31370"
LAMBERT_2008 = "EPSG:3812"

_BOXES = {
    LAMBERT_72: (-100_000.0, -100_000.0, 400_000.0, 380_000.0),
    LAMBERT_2008: (410_000.0, 420_000.0, 900_000.0, 850_000.0),
}
"""Bounds for the middle of coordinates in Belgium, with a margin of a hundred kilometres."""

_BELGIUM = (2.0, 49.0, 7.0, 52.0)
"""Belgium in degrees."""

_DEGREES = {"EPSG:4326", "EPSG:4258", "EPSG:4269", "EPSG:4313", "EPSG:4979", "OGC:CRS84", "CRS84", "WGS84"}
_MERCATOR = {"EPSG:3857", "EPSG:900913", "EPSG:3785", "EPSG:102100", "EPSG:3395"}
"""Systems that are recognised without pyproj."""

_AWAY = (3.0, 6.0)
"""Degrees by which the middle, and any point, may lie outside the area of use of a system."""

_UNTRUE = 0.01
"""Relative error that is allowed in lengths."""

REMEDY = f"give one in metres that is made for the place, in Belgium '{LAMBERT_72}' or '{LAMBERT_2008}'"

_CODE = re.compile(r"(?:epsg\s*:{0,2}\s*)?(\d+)", re.IGNORECASE)
_EPSG_CODES = range(1024, 32768)


def normal_crs(text: str) -> str:
    """Normalise a code to ``EPSG:31370``; other texts stay."""
    match = _CODE.fullmatch(text.strip())
    return f"EPSG:{int(match.group(1))}" if match else text.strip()


def is_checked() -> bool:
    """Tell whether any system can be checked; without pyproj only those that are known here."""
    return find_spec("pyproj") is not None


def unchecked(crs: str) -> bool:
    """Tell whether a system cannot be checked for want of pyproj."""
    crs = normal_crs(crs)
    return not is_checked() and crs not in _BOXES and not _known_fault(crs)


def wrong_with_crs(crs: str) -> str:
    """Say why coordinates cannot be kept in a system; empty when they can.

    Without pyproj only well-known systems in degrees and of web maps are recognised, and impossible codes.
    """
    crs = normal_crs(crs)
    if crs in _BOXES:
        return ""
    if known := _known_fault(crs):
        return known
    return _fault_by_pyproj(crs) if is_checked() else ""


def _known_fault(crs: str) -> str:
    """Say what is wrong with a system that is known to be unsuitable."""
    if crs.upper() in _DEGREES:
        return "the coordinate system is in degrees, not in metres"
    if crs in _MERCATOR:
        return "the coordinate system of web maps (Mercator) does not keep lengths: in Belgium 1 m is 1.6"
    match = re.fullmatch(r"EPSG:(\d+)", crs)
    unknown = match is not None and int(match.group(1)) not in _EPSG_CODES
    return "there is no such coordinate system" if unknown else ""


def _fault_by_pyproj(crs: str) -> str:
    system = _parsed(crs)
    if system is None:
        return "there is no such coordinate system"
    if system.is_geographic:
        return "the coordinate system is in degrees, not in metres"
    if not system.is_projected:
        return "the coordinate system is not a projected one"
    units = {axis.unit_name for axis in system.axis_info[:2] if axis.unit_conversion_factor != 1}
    return f"the coordinate system is in units of {', '.join(sorted(units))}, not in metres" if units else ""


def wrong_with_coordinates(crs: str, x: Any, y: Any) -> tuple[str, str]:
    """Say why coordinates cannot be those of a system, and what may help; empty when they can.

    Parameters
    ----------
    crs : str
        A suitable one; see `wrong_with_crs`.
    x, y : array of float
        Points in this system.
    """
    crs, x, y = normal_crs(crs), np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if not len(x) or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return ("", "") if not len(x) else ("the coordinates are not all finite numbers", "correct them")
    if crs in _BOXES:
        inside = _in_box(_BOXES[crs], float(np.mean(x)), float(np.mean(y)))
        return ("", "") if inside else (_misplaced(crs, x, y, "Belgium"), _rather(x, y))
    if not is_checked():
        return "", ""
    return _wrong_by_pyproj(crs, x, y)


def _wrong_by_pyproj(crs: str, x: Any, y: Any) -> tuple[str, str]:
    """Check points against the area of use of a system, and against its scale."""
    from pyproj import Proj, Transformer

    system = _parsed(crs)
    xs = np.array([np.mean(x), np.min(x), np.max(x), np.min(x), np.max(x)])
    ys = np.array([np.mean(y), np.min(y), np.max(y), np.max(y), np.min(y)])
    to_degrees = Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
    longitude, latitude = (np.asarray(part) for part in to_degrees.transform(xs, ys))
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        return _misplaced(crs, x, y, "a place on earth"), _rather(x, y)
    if system.area_of_use is not None:
        west, south, east, north = system.area_of_use.bounds
        east += 360 if east < west else 0  # across the date line
        for away, some in zip(_AWAY, (slice(1), slice(None)), strict=True):
            lon, lat = longitude[some], latitude[some]
            lon = np.where(lon < west - away, lon + 360, lon)
            if (lon > east + away).any() or (lat < south - away).any() or (lat > north + away).any():
                return _misplaced(crs, x, y, system.area_of_use.name or "its area"), _rather(x, y)
    factors = Proj(system).get_factors(longitude, latitude)
    scales = np.r_[factors.meridional_scale, factors.parallel_scale]
    worst = float(scales[np.argmax(np.abs(scales - 1))])
    if abs(worst - 1) > _UNTRUE:
        return f"lengths are not true in {crs}: where the coordinates lie, by a factor {worst:.3g}", REMEDY
    return "", ""


def _misplaced(crs: str, x: Any, y: Any, area: str) -> str:
    area = area if len(area) <= 80 else area[:77] + "..."
    return (
        f"the coordinates do not fit {crs}, which is made for {area.rstrip('.')}; "
        f"they are like ({x[0]:.10g}, {y[0]:.10g})"
    )


def _rather(x: Any, y: Any) -> str:
    """Suggest what the coordinates may be instead."""
    middle = float(np.mean(x)), float(np.mean(y))
    if like_degrees(x, y):
        return "they look like degrees; convert them to metres, or say which system they are in"
    fits = [crs for crs, box in _BOXES.items() if _in_box(box, *middle)]
    if fits:
        return f"they would fit {fits[0]}"
    return "say which system they are in"


def _in_box(box: Sequence[float], x: float, y: float) -> bool:
    west, south, east, north = box
    return west <= x <= east and south <= y <= north


def like_degrees(x: Any, y: Any) -> bool:
    """Tell whether numbers can be longitudes and latitudes."""
    return bool(len(x)) and bool(np.abs(x).max() <= 360 and np.abs(y).max() <= 90)


def check_coordinates(
    crs: str, x: Any, y: Any, area: Any, problems: Problems, *, file: str, key: str = "crs"
) -> None:
    """Note a system that cannot be used, or that does not fit the points of municipalities.

    Parameters
    ----------
    crs : str
    x, y : array of float, shape (n,)
        A point in each municipality.
    area : array of float, shape (n,)
        Square kilometres; far more than fits between the points means that they are degrees.
    problems : Problems
    file, key : str
        Where the system is named.
    """
    what, remedy = wrong_with_crs(crs), REMEDY
    if not what and len(x):
        what, remedy = wrong_with_coordinates(crs, x, y)
        spread = max(float(np.ptp(x)), float(np.ptp(y)))
        if not what and _are_degrees(crs, x, y) and float(np.sum(area)) * 1e6 > (1 + 10 * spread) ** 2:
            what = f"x and y look like degrees, such as ({x[0]:g}, {y[0]:g}), and {crs} is in metres"
            remedy = "convert them to metres"
    if what:
        problems.add(what, remedy, file=file, column=key, value=crs)


def _are_degrees(crs: str, x: Any, y: Any) -> bool:
    """Tell whether numbers are longitudes and latitudes, in either order, in the area of use of a system."""
    if not like_degrees(x, y) and not like_degrees(y, x):
        return False
    bounds: Sequence[float] = _BELGIUM
    if normal_crs(crs) not in _BOXES:
        system = _parsed(crs) if is_checked() else None
        if system is None or system.area_of_use is None:
            return False
        bounds = system.area_of_use.bounds
    middle = float(np.mean(x)), float(np.mean(y))
    return _in_box(bounds, *middle) or _in_box(bounds, *middle[::-1])


def is_known(crs: str) -> bool:
    """Tell whether a system of any kind exists; without pyproj it is assumed to."""
    return not is_checked() or _parsed(normal_crs(crs)) is not None


def _parsed(crs: str) -> Any:
    """Parse a system with pyproj; None where it is unknown."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        system = CRS.from_user_input(crs)
    except (CRSError, ValueError, TypeError):
        return None
    return system.sub_crs_list[0] if system.is_compound and system.sub_crs_list else system
