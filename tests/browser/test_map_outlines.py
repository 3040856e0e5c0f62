"""The outlines of maps as a browser fills them, held against points of which everybody knows whether they are land or sea."""

from __future__ import annotations

import math

from playwright.sync_api import Page

from onrecord import map_tiles, maps
from tests.invented import TEMPLATES

FOLDER = TEMPLATES / "assets" / "map"

# Latitude and longitude of inland towns and the middles of large islands.
LAND = """
Homs 34.73 36.72|Aleppo 36.2 37.16|Damascus 33.51 36.29|Deir ez-Zor 35.34 40.14|Baghdad 33.32 44.37|
Mosul 36.34 43.13|Tehran 35.69 51.39|Isfahan 32.65 51.67|Ankara 39.93 32.86|Konya 37.87 32.48|Amman 31.95 35.93|
Riyadh 24.71 46.68|Medina 24.47 39.61|Sanaa 15.37 44.19|Kabul 34.53 69.17|Kandahar 31.61 65.71|Quetta 30.18 67|
Lahore 31.55 74.34|Delhi 28.61 77.21|Nagpur 21.15 79.09|Hyderabad 17.39 78.49|Kathmandu 27.72 85.32|
Dhaka 23.81 90.41|Mandalay 21.96 96.09|Chiang Mai 18.79 98.98|Vientiane 17.97 102.61|Lhasa 29.65 91.17|
Kunming 25.04 102.72|Wuhan 30.59 114.31|Beijing 39.9 116.41|Harbin 45.8 126.53|Xian 34.34 108.94|Urumqi 43.83 87.62|
Ulan Bator 47.89 106.91|Almaty 43.24 76.89|Tashkent 41.3 69.24|Ashgabat 37.96 58.33|Astana 51.17 71.43|
Novosibirsk 55.01 82.93|Irkutsk 52.29 104.3|Yakutsk 62.03 129.73|Norilsk 69.35 88.2|Vorkuta 67.5 64.06|
Kola south of Murmansk 67.5 35|Murmansk inland 68.4 33|Chukotka west 67.5 173|Chukotka 66.8 179.2|
Chukotka east 66.5 -176.5|Anadyr inland 65.5 175|Kamchatka 56 159.5|Sakhalin 51 142.9|Hokkaido 43.4 142.8|
Honshu 36.2 138.2|Seoul 37.4 127.3|Luzon 16.5 121.1|Mindanao 7.8 125|Borneo 1 114|Sumatra 0 101.5|Java 7.3s 110.2|
New Guinea 5.5s 142|Alice Springs 23.7s 133.88|Perth inland 31.9s 117|Canberra 35.3s 149.13|Longreach 23.44s 144.25|
Tasmania 42s 146.6|North Island 38.6s 176|South Island 44s 170.5|Madagascar 19s 46.8|Pretoria 25.75s 28.19|
Windhoek 22.56s 17.08|Lusaka 15.42s 28.28|Harare 17.83s 31.05|Kinshasa 4.33s 15.6|Bukavu 2.5s 28.5|
Nairobi 1.29s 36.82|Kampala inland 1 32|Addis Ababa 9.03 38.74|Khartoum 15.5 32.56|El Fasher 13.63 25.35|
Juba 4.86 31.57|Bangui 4.5 18.8|Abuja 9.06 7.49|Kano 12 8.52|Ouagadougou 12.37 -1.53|Bamako 12.64 -8|
Timbuktu 16.77 -3.01|Agadez 16.97 7.99|Tamanrasset 22.79 5.53|Ghardaia 32.49 3.67|Marrakesh 31.63 -8|
Sabha 27.04 14.43|Asyut 27.18 31.18|Aswan 24.09 32.7|Madrid 40.42 -3.7|Paris 48.86 2.35|Lyon 45.76 4.84|
Munich 48.14 11.58|Berlin 52.52 13.4|Warsaw 52.23 21.01|Prague 50.08 14.44|Vienna 48.21 16.37|Belgrade 44.79 20.45|
Sofia 42.7 23.32|Bucharest 44.43 26.1|Kyiv 50.45 30.52|Minsk 53.9 27.57|Moscow 55.76 37.62|Kazan 55.8 49.11|
Volgograd 48.71 44.4|Perm 58 56.25|Tbilisi 41.72 44.79|Yerevan 40.18 44.51|Birmingham 52.48 -1.9|Ireland 53.3 -7.8|
Iceland 64.9 -18.5|Orebro 59.27 15.2|Jyvaskyla 62.24 25.75|Lapland 67.5 26.5|Greenland 72 -40|
Greenland north 80 -40|Edmonton 53.55 -113.49|Winnipeg 49.7 -97.3|Fairbanks 64.84 -147.72|Baffin Island 67 -70|
Denver 39.74 -104.99|Kansas City 39.1 -94.58|Dallas 32.78 -96.8|Atlanta 33.75 -84.39|Phoenix 33.45 -112.07|
Boise 43.62 -116.2|Oaxaca 17.06 -96.72|Guatemala 14.9 -90.6|Cuba 21.6 -78.5|Hispaniola 18.9 -70.7|
Bogota 4.71 -74.07|Caracas inland 9 -67|Quito 0.3s 78.5w|Manaus 3.4s 60w|Brasilia 15.79s 47.88w|
Belo Horizonte 19.92s 43.94w|Cuzco 13.53s 71.97w|La Paz 16.6s 68.1w|Asuncion 25.3s 57.3w|Cordoba 31.42s 64.18w|
Santiago inland 33.6s 70.5w|Patagonia 45s 69w|South Pole 89s 0|Vostok 78.46s 106.84|East Antarctica 75s 60|
West Antarctica 80s 110w|Antarctica at the date line 85.5s 178|Viti Levu 17.8s 178
"""
# Points of the open sea, of inner seas and of large gulfs.
SEA = """
mid Atlantic north 40 -40|mid Atlantic 20 -40|equatorial Atlantic 0 -25|south Atlantic 20s 15w|
south Atlantic far 40s 20w|Gulf of Guinea 0 3|Sargasso 28 -60|Labrador Sea 57 -52|Denmark Strait 66.5 -28|
Norwegian Sea 68 2|North Sea 56.5 3|Bay of Biscay 45.5 -5|English Channel 50.2 -2.2|Baltic 56 18.5|
Gulf of Bothnia 62 19.5|Barents Sea north of Murmansk 71 35|Barents Sea 74 40|White Sea mouth 70 44|Kara Sea 76 75|
Laptev Sea 76 125|East Siberian Sea 73 160|Chukchi Sea 70 -170|Chukchi Sea at the date line 71.8 176|
Bering Sea 58 -178|Bering Sea west 58 175|Gulf of Anadyr 63.5 180|Beaufort Sea 73 -140|Arctic 85 0|
Arctic Pacific side 82 180|Hudson Bay 60 -86|Baffin Bay 74 -67|Gulf of Alaska 56 -147|Sea of Okhotsk 54 149|
Sea of Japan 40 134.5|Yellow Sea 35 123.5|East China Sea 28 125|Philippine Sea 18 132|South China Sea 13 114|
Celebes Sea 4 122.5|Java Sea 5s 110|Banda Sea 5.5s 127.5|Gulf of Thailand 9.5 101.5|Andaman Sea 10 95.8|
Bay of Bengal 14 88|Arabian Sea 15 63|Gulf of Oman 24.8 59|Persian Gulf 27 51.5|Red Sea 21 38|
Gulf of Aden 12.5 47.5|Indian Ocean 10s 75|Indian Ocean south 35s 80|Mozambique Channel 18s 41.5|Mascarene 15s 58|
Agulhas 38s 25|Southern Ocean Indian 57s 90|Southern Ocean Atlantic 56s 20w|Southern Ocean Pacific 58s 120w|
Weddell Sea 70s 40w|Ross Sea 74s 175w|Drake Passage 58.5s 65w|Great Australian Bight 34.5s 130|Tasman Sea 37s 160|
Coral Sea 17s 153|Gulf of Carpentaria 14s 139|Arafura Sea 10s 136|Timor Sea 12s 127|west of Fiji 17s 174|
east of Fiji 17s 176w|strip at Fiji Pacific 16.3s 150w|strip at Fiji Indian 16.3s 90|
strip at Fiji Atlantic 16.3s 20w|strip at Chukotka Atlantic 70.5 -10|strip at Chukotka Barents 71.5 30|
north of Iceland 69 -18|mid Pacific 0 -150|north Pacific 40 -170|north Pacific west 40 170|
equatorial Pacific 0 175w|south Pacific 35s 120w|south Pacific date line 40s 179.5w|Peru Basin 15s 85w|
off California 30 -128|Gulf of Mexico 25 -90|Caribbean 15 -75|Gulf of California 27.3 -111.3|Black Sea 43.3 34|
Caspian north 44.5 50|Caspian 42 50.3|Caspian south 38.5 51.5|Aegean 38.6 25.1|Mediterranean west 39.8 6|
Mediterranean 35 18|Levantine Sea 34 32|Adriatic 42.8 15.7|Tyrrhenian 40 12.3|Gulf of Sidra 31.8 18.5|
Gulf of Lion 42.6 4.3
"""


def points(text: str) -> list[tuple[str, float, float]]:
    def degrees(word: str) -> float:
        return -float(word[:-1]) if word[-1] in "sw" else float(word)

    out = []
    for entry in text.replace("\n", "").strip("|").split("|"):
        name, lat, lon = entry.rsplit(" ", 2)
        out.append((name.strip(), degrees(lat), degrees(lon)))
    return out


def filled(page: Page, file: str, places: list[tuple[float, float]]) -> list[bool]:
    """Whether a browser fills each of these points of a file of outlines, in its own units. It reads the file as it would one that it
    shows, without another page."""
    found: list[bool] = page.evaluate(
        """([text, places]) => {
            const outlines = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
            document.body.replaceChildren(document.adoptNode(outlines));
            const path = outlines.querySelector('path');
            return places.map(([x, y]) => path.isPointInFill(new DOMPoint(x, y)));
        }""",
        [(FOLDER / file).read_text("utf-8"), places],
    )
    return found


def test_there_are_enough_points() -> None:
    assert len(points(LAND)) + len(points(SEA)) >= 200
    assert min(len(points(LAND)), len(points(SEA))) >= 90


def test_land_and_sea_of_the_world_are_where_they_are(page: Page) -> None:
    known = [(*place, True) for place in points(LAND)] + [(*place, False) for place in points(SEA)]
    drawn = filled(page, "world.svg", [((lon % 360 + 180) % 360 * 5, (90 - lat) * 5) for _, lat, lon, _ in known])
    assert [name for (name, *_, land), is_filled in zip(known, drawn, strict=True) if land != is_filled] == []


def test_land_and_sea_of_local_maps_are_where_they_are(page: Page) -> None:
    wrong = []
    for name, lat, lon, land in [(*place, True) for place in points(LAND)] + [(*place, False) for place in points(SEA)]:
        at = (lon + 180) % 360 - 180
        west, south = math.floor(at / maps.TILE) * maps.TILE, math.floor(lat / maps.TILE) * maps.TILE
        tile = f"{'e' if west >= 0 else 'w'}{abs(west):03}{'n' if south >= 0 else 's'}{abs(south):02}"
        is_filled = tile in map_tiles.ALL_LAND
        if tile in map_tiles.LAND:
            (is_filled,) = filled(page, f"{tile}.svg", [((at - west) * 25, (south + maps.TILE - lat) * 25)])
        if is_filled != land:
            wrong.append(name)
    assert wrong == []
