import builtins
from pathlib import Path

import pytest
import shapely
from refzones.app.maps.boundaries import read_boundaries
from refzones.app.maps.shapes import Shapes
from refzones.instances import InputError, Instance

geopandas = pytest.importorskip("geopandas")
REAL = Path(__file__).parents[4] / "shared/data/2025/gemeente.shp"


@pytest.fixture
def frame(grid: Instance, squares: Shapes):
    columns = {"OBJECTID": range(12), "naam": grid.names, "nis_code": [int(code) for code in grid.codes]}
    return geopandas.GeoDataFrame(columns, geometry=list(squares.geometry), crs=grid.crs)


def test_reads_a_geopackage(frame, grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.sample(frac=1, random_state=1).to_file(file)
    shapes = read_boundaries(file, grid)
    assert not shapes.generalised
    assert shapes.source == "boundaries: map.gpkg"
    assert all(a.equals(b) for a, b in zip(shapes.geometry, squares.geometry, strict=True))


def test_codes_may_be_decimal_numbers_or_padded(frame, grid: Instance, tmp_path: Path) -> None:
    for values in ([float(code) for code in grid.codes], [f" {code} " for code in grid.codes]):
        file = tmp_path / f"{type(values[0]).__name__}.gpkg"
        frame.assign(nis_code=values).to_file(file)
        assert len(read_boundaries(file, grid).geometry) == 12


def test_other_crs_is_brought_to_that_of_the_instance(frame, grid, squares, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    frame.to_crs(4326).to_file(file)
    shapes = read_boundaries(file, grid)
    for found, true in zip(shapes.geometry, squares.geometry, strict=True):
        assert found.symmetric_difference(true).area < 0.001 * true.area


def test_rows_with_the_same_code_are_dissolved_and_others_left_out(frame, grid, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    codes = frame["nis_code"].to_list()
    extra = frame.iloc[[11]].assign(nis_code=99_999)
    split = geopandas.pd.concat([frame.iloc[1:], frame.iloc[[0]].clip((0, 0, 150_000, 1e6)), extra])
    rest = frame.iloc[[0]].clip((150_000, 0, 1e6, 1e6))
    geopandas.pd.concat([split, rest]).to_file(file)
    shapes = read_boundaries(file, grid)
    assert len(shapes.geometry) == len(codes)
    assert shapes.geometry[0].geom_type == "Polygon"
    assert shapes.geometry[0].area == pytest.approx(9e6)


def test_the_column_can_be_named(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.to_file(file)
    assert len(read_boundaries(file, grid, column="nis_code").geometry) == 12
    with pytest.raises(InputError, match="there is no column 'code'; columns: OBJECTID, naam, nis_code"):
        read_boundaries(file, grid, column="code")


def test_missing_municipalities_are_listed(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.iloc[2:].to_file(file)
    with pytest.raises(InputError) as caught:
        read_boundaries(file, grid)
    text = str(caught.value)
    assert "2 of the 12 municipalities of small are missing: M0 (10000), M1 (10001)" in text
    assert "another instance with --instance" in text


def test_file_without_codes(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.drop(columns="nis_code").to_file(file)
    with pytest.raises(InputError, match="no column holds the codes of small, such as 10000"):
        read_boundaries(file, grid)


def test_points_are_not_boundaries(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.set_geometry(frame.centroid).to_file(file)
    with pytest.raises(InputError, match="have no surface"):
        read_boundaries(file, grid)


def test_unreadable_and_absent_files(grid: Instance, tmp_path: Path) -> None:
    text = tmp_path / "notes.shp"
    text.write_text("not a map", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as a map"):
        read_boundaries(text, grid)
    with pytest.raises(InputError, match="there is no such file"):
        read_boundaries(tmp_path / "nowhere.gpkg", grid)


def test_without_geopandas_the_extra_is_named(grid: Instance, tmp_path: Path, monkeypatch) -> None:
    real = builtins.__import__

    def blocked(name: str, *args, **kwargs):
        if name == "geopandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", blocked)
    with pytest.raises(InputError, match=r'pip install "refzones\[geo\]"'):
        read_boundaries(tmp_path / "map.gpkg", grid)


@pytest.mark.skipif(not REAL.exists(), reason="the official boundaries are not at hand")
def test_official_boundaries(flanders: Instance) -> None:
    shapes = read_boundaries(REAL, flanders)
    areas = [shape.area / 1e6 for shape in shapes.geometry]
    assert areas == pytest.approx(flanders.area.tolist(), rel=0.02, abs=0.1)
    with pytest.raises(InputError, match="Pajottegem"):
        read_boundaries(REAL.parents[1] / "2024" / "gemeente2024.shp", flanders)


def test_shapes_that_do_not_lie_where_the_municipalities_are(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.set_crs("EPSG:3812", allow_override=True).to_file(file)
    with pytest.raises(InputError, match=r"do not lie where the municipalities are: that of .* km away"):
        read_boundaries(file, grid)
    degrees = frame.to_crs(4326)
    degrees.to_file(tmp_path / "none.shp")
    (tmp_path / "none.prj").unlink()
    with pytest.raises(InputError, match="the shapes do not lie where the municipalities are"):
        read_boundaries(tmp_path / "none.shp", grid)
    frame.set_crs("EPSG:4326", allow_override=True).to_file(tmp_path / "map.geojson")
    with pytest.raises(InputError, match="are no degrees, as those of EPSG:4326 are, the system of"):
        read_boundaries(tmp_path / "map.geojson", grid)


def test_a_layer_is_named_where_there_are_several(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    frame.head(2).to_file(file, layer="old")
    frame.to_file(file, layer="new")
    with pytest.raises(InputError, match="'old', 'new'; say which one is meant: --layer NAME"):
        read_boundaries(file, grid)
    assert len(read_boundaries(file, grid, layer="new").geometry) == 12


def test_codes_in_other_spellings_and_collections(frame, grid: Instance, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    shapes = [shapely.GeometryCollection([shape, shape.centroid]) for shape in frame.geometry]
    spelled = frame.assign(nis_code=[f"BE{code}" for code in grid.codes])
    spelled.set_geometry(shapes).to_file(file)
    assert [shape.area for shape in read_boundaries(file, grid).geometry] == [9e6] * 12
