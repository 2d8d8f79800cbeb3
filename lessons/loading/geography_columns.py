"""The columns of the reference tables of gemeenten and jeugdregio's.

A column name may end in a year (``inwoners_2025``). The form of a table is the names
without that year, so that a newer file may carry newer years.
"""

from __future__ import annotations

import re

from lessons.loading.tables import Table

GEMEENTE_CODE = re.compile(r"^GM\d{4}$")
JEUGDREGIO_CODE = re.compile(r"^JZ\d{2}$")
PROVINCIE_CODE = re.compile(r"^PV\d{2}$")
NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
YEAR_SUFFIX = re.compile(r"_(?P<year>20\d\d)(vl)?$")
TOOI_PREFIX = "https://identifier.overheid.nl/tooi/id/gemeente/"

# European Netherlands with a margin, WGS 84.
LATITUDES = (50.7, 53.7)
LONGITUDES = (3.2, 7.3)

NAME_COLUMNS = ("naam", "naam_tooi", "provincie", "jeugdregio")
GEMEENTE_COLUMNS = (
    "gm_code",
    "naam",
    "naam_tooi",
    "tooi_uri",
    "owms_uri",
    "provincie_code",
    "provincie",
    "jeugdregio_code",
    "jeugdregio",
    "jeugdregio_overlap_pct",
    "lat",
    "lon",
)
JEUGDREGIO_COLUMNS = ("jeugdregio_code", "naam", "aantal_gemeenten", "gemeenten")
SUMMED_COLUMNS = ("inwoners", "aantal_0_19")

COUNT = (0.0, 20_000_000.0)
PERCENTAGE = (0.0, 100.0)
PER_THOUSAND = (0.0, 1000.0)
THOUSANDS_OF_EUROS = (-100_000.0, 5_000_000.0)

# The figures of a profile: column without its year → least and greatest value.
FIGURES: dict[str, tuple[float, float]] = {
    "inwoners": (1, 20_000_000),
    "grootteklasse": (1, 8),
    "aantal_0_14": COUNT,
    "aantal_0_19": COUNT,
    "aantal_0_24": COUNT,
    "pct_0_19": PERCENTAGE,
    "groene_druk": (0, 300),
    "huishoudens": (1, 20_000_000),
    "hh_met_kinderen": COUNT,
    "pct_hh_met_kinderen": PERCENTAGE,
    "pct_eenpersoonshh": PERCENTAGE,
    "gem_huishoudensgrootte": (1, 10),
    "stedelijkheid": (1, 5),
    "oad": COUNT,
    "opp_land_ha": COUNT,
    "opp_water_ha": COUNT,
    "bevolkingsdichtheid": COUNT,
    "mediaan_gestandaardiseerd_inkomen_keur": (1, 1000),
    "gem_gestandaardiseerd_inkomen_keur": (1, 1000),
    "mediaan_besteedbaar_inkomen_keur": (1, 1000),
    "pct_hh_laagste40_inkomen": PERCENTAGE,
    "pct_hh_rond_sociaal_minimum": PERCENTAGE,
    "pct_hh_laag_inkomen": PERCENTAGE,
    "bijstand_per_1000": PER_THOUSAND,
    "pct_hoogopgeleid": PERCENTAGE,
    "woz_gemiddeld_keur": (1, 10_000),
    "pct_koopwoningen": PERCENTAGE,
    "pct_corporatiehuur": PERCENTAGE,
    "pct_jeugdzorg": PERCENTAGE,
    "wmo_per_1000": PER_THOUSAND,
    "lasten_jeugd_maatwerk_672_keur": THOUSANDS_OF_EUROS,
    "lasten_jeugdhulp_verblijf_673_keur": THOUSANDS_OF_EUROS,
    "lasten_jeugd_crisis_gesloten_674_keur": THOUSANDS_OF_EUROS,
    "lasten_jeugd_geescaleerd_682_keur": THOUSANDS_OF_EUROS,
    "lasten_jeugd_totaal_keur": THOUSANDS_OF_EUROS,
}
NEVER_EMPTY = frozenset({"inwoners", "aantal_0_19", "huishoudens"})


def base_name(column: str) -> str:
    """Return the column's name without the year at its end."""
    return YEAR_SUFFIX.sub("", column)


def newest_column(table: Table, base: str) -> str:
    """Return the column of this name with the newest year."""
    return max(column for column in table.columns if base_name(column) == base)
