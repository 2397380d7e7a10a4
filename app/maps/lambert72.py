"""Belgian Lambert 72 (EPSG:31370) to longitude and latitude (WGS 84), without a projection library."""

from __future__ import annotations

from typing import Final

import numpy as np

from ...instances.common.arrays import FloatArray

CRS: Final = "EPSG:31370"

# International 1924 ellipsoid (EPSG:7022) and WGS 84 (EPSG:7030): semi-major axis, flattening.
_A_1924: Final = 6378388.0
_F_1924: Final = 1 / 297.0
_A_84: Final = 6378137.0
_F_84: Final = 1 / 298.257223563

# Lambert conic conformal with two standard parallels (EPSG:9802) as in EPSG:19961.
_LAT_1: Final = np.deg2rad(49.8333339)
_LAT_2: Final = np.deg2rad(51.16666723333333)
_LAT_0: Final = np.deg2rad(90.0)
_LON_0: Final = np.deg2rad(4.367486666666666)
_FALSE_EAST: Final = 150000.013
_FALSE_NORTH: Final = 5400088.438

# Belge 1972 to WGS 84 (EPSG:15929), coordinate frame rotation: metres, arc seconds, parts per million.
_SHIFT: Final = np.array([-106.8686, 52.2978, -103.7239])
_ROTATION: Final = np.deg2rad(np.array([-0.3366, 0.457, -1.8422]) / 3600)
_SCALE: Final = 1 - 1.2747e-6


def to_wgs84(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Convert Belgian Lambert 72 to WGS 84.

    Parameters
    ----------
    x, y : ndarray of float64
        Metres east and north.

    Returns
    -------
    longitude, latitude : ndarray of float64
        Degrees.

    Notes
    -----
    The projection is inverted with the formulas of Snyder (1987), the datum changed with the seven
    parameters of the Belgian mapping agency (EPSG:15929, accuracy 0.2 m). Heights are taken as zero, which
    moves a point by less than a millimetre.
    """
    longitude, latitude = _unproject(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
    return _shift_datum(longitude, latitude)


def _unproject(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Inverse Lambert conic conformal: metres to radians on the 1924 ellipsoid."""
    e = np.sqrt(_F_1924 * (2 - _F_1924))
    m1, m2 = _parallel_radius(_LAT_1, e), _parallel_radius(_LAT_2, e)
    t1, t2 = _isometric(_LAT_1, e), _isometric(_LAT_2, e)
    n = np.log(m1 / m2) / np.log(t1 / t2)
    big_f = m1 / (n * t1**n)
    rho_0 = _A_1924 * big_f * max(_isometric(_LAT_0, e), 0.0) ** n  # zero: the origin is the pole
    east, north = x - _FALSE_EAST, rho_0 - (y - _FALSE_NORTH)
    t = (np.hypot(east, north) / (_A_1924 * big_f)) ** (1 / n)
    latitude = np.pi / 2 - 2 * np.arctan(t)
    for _ in range(6):  # converges by a factor e^2 = 0.007 a turn
        sine = e * np.sin(latitude)
        latitude = np.pi / 2 - 2 * np.arctan(t * ((1 - sine) / (1 + sine)) ** (e / 2))
    return np.arctan2(east, north) / n + _LON_0, latitude


def _parallel_radius(latitude: float, e: float) -> float:
    return float(np.cos(latitude) / np.sqrt(1 - (e * np.sin(latitude)) ** 2))


def _isometric(latitude: float, e: float) -> float:
    sine = e * np.sin(latitude)
    return float(np.tan(np.pi / 4 - latitude / 2) / ((1 - sine) / (1 + sine)) ** (e / 2))


def _shift_datum(longitude: FloatArray, latitude: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Belge 1972 to WGS 84 through geocentric coordinates: radians to degrees."""
    e2 = _F_1924 * (2 - _F_1924)
    radius = _A_1924 / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    geocentric = np.stack(
        [
            radius * np.cos(latitude) * np.cos(longitude),
            radius * np.cos(latitude) * np.sin(longitude),
            radius * (1 - e2) * np.sin(latitude),
        ]
    )
    rx, ry, rz = _ROTATION
    rotate = np.array([[1, rz, -ry], [-rz, 1, rx], [ry, -rx, 1]])
    shift = _SHIFT.reshape(3, *([1] * longitude.ndim))
    px, py, pz = shift + _SCALE * np.tensordot(rotate, geocentric, axes=1)
    return np.rad2deg(np.arctan2(py, px)), np.rad2deg(_latitude(np.hypot(px, py), pz))


def _latitude(p: FloatArray, z: FloatArray) -> FloatArray:
    """Latitude on WGS 84 of geocentric coordinates (Bowring's formula, exact to a micrometre here)."""
    b = _A_84 * (1 - _F_84)
    e2 = _F_84 * (2 - _F_84)
    theta = np.arctan2(z * _A_84, p * b)
    up = z + e2 / (1 - e2) * b * np.sin(theta) ** 3
    return np.asarray(np.arctan2(up, p - e2 * _A_84 * np.cos(theta) ** 3), dtype=np.float64)
