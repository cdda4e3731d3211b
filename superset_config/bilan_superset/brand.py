"""How Bilan looks: one name, one palette, one typeface, for Superset's pages and its charts."""

NAME = "Bilan"
LOGO = "/bilan/logo.svg"
ICON = "/bilan/icon.svg"

BLUE = "#0B4F8A"
INK = "#12283C"
FONTS = "'Source Sans 3', 'Segoe UI', Arial, sans-serif"

SPINNER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40">'
    f'<circle cx="20" cy="20" r="15" fill="none" stroke="{BLUE}" stroke-width="4" stroke-dasharray="60 40">'
    '<animateTransform attributeName="transform" type="rotate" from="0 20 20" to="360 20 20" dur="1s" '
    'repeatCount="indefinite"/></circle></svg>'
)
THEME = {
    "token": {
        "brandAppName": NAME,
        "brandLogoAlt": NAME,
        "brandLogoUrl": LOGO,
        "brandLogoHref": "/",
        "brandLogoMargin": "12px 0",
        "brandLogoHeight": "34px",
        "brandSpinnerSvg": SPINNER,
        "colorPrimary": BLUE,
        "colorLink": BLUE,
        "colorInfo": BLUE,
        "colorSuccess": "#1B7F5C",
        "colorWarning": "#B25E00",
        "colorError": "#B3261E",
        "colorText": INK,
        "colorTextSecondary": "#3D5166",
        "colorTextTertiary": "#55677A",
        "colorTextPlaceholder": "#5C6C7C",
        "colorBgLayout": "#F3F6F9",
        "colorBorderSecondary": "#DCE3EA",
        "fontFamily": FONTS,
        "fontUrls": [],
        "fontSize": 15,
        "borderRadius": 6,
        "fontWeightStrong": "600",
        "fontWeightBold": "700",
    },
    "algorithm": "default",
    "echartsOptionsOverrides": {
        "textStyle": {"fontFamily": FONTS, "fontSize": 13},
        "legend": {"selector": False},
        "aria": {"enabled": True, "decal": {"show": False}},
    },
}
# Okabe and Ito's hues, told apart by colour-blind readers; the first is ours.
COLOURS = [BLUE, "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#6E6E6E", "#8C6D00"]
COLOUR_SCHEME = {
    "id": "bilan",
    "label": "Bilan",
    "description": "Couleurs distinguées par les personnes daltoniennes",
    "isDefault": True,
    "colors": COLOURS,
}
