"""Units of money and measure as the press writes them (ISO 4217; SI brochure, 9th edition; AP Stylebook, "dimensions").

A sign or word that several countries use stands for the one that the English-language press means by it alone.
"""

from __future__ import annotations

SIGNS = r"(?:(?:US|A|C|NZ|HK|S)?\$|[€£¥₹]|Rp\.?|Rs\.?|USD|EUR|GBP|JPY|IDR)"
_CURRENCIES = {
    "USD": ("$", "US$", "USD", "dollar", "dollars", "US dollars", "U.S. dollars", "cent", "cents"),
    "EUR": ("€", "EUR", "euro", "euros"),
    "GBP": ("£", "GBP", "pounds sterling", "British pounds"),
    "JPY": ("¥", "JPY", "yen"),
    "INR": ("₹", "Rs", "Rs.", "rupee", "rupees"),
    "IDR": ("Rp", "Rp.", "IDR", "rupiah"),
    "CNY": ("yuan", "renminbi"),
    "RUB": ("ruble", "rubles", "rouble", "roubles"),
    "AUD": ("A$", "Australian dollars"),
    "CAD": ("C$", "Canadian dollars"),
    "NZD": ("NZ$", "New Zealand dollars"),
    "HKD": ("HK$", "Hong Kong dollars"),
    "SGD": ("S$", "Singapore dollars"),
    "CHF": ("francs", "Swiss francs"),
    "MXN": ("pesos", "Mexican pesos"),
    "TRY": ("lira", "liras"),
    "ILS": ("shekel", "shekels"),
    "SEK": ("kronor",),
    "BRL": ("reais",),
    "ZAR": ("rand",),
}
CURRENCIES = {word: code for code, words in _CURRENCIES.items() for word in words}
_MEASURES = {
    "km": ("km", "kilometer", "kilometers", "kilometre", "kilometres"),
    "m": ("meter", "meters", "metre", "metres"),
    "cm": ("cm", "centimeter", "centimeters", "centimetre", "centimetres"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet", "ft"),
    "in": ("inch", "inches"),
    "yd": ("yard", "yards"),
    "kg": ("kg", "kilogram", "kilograms", "kilo", "kilos"),
    "g": ("gram", "grams"),
    "lb": ("pound", "pounds", "lbs"),
    "oz": ("ounce", "ounces"),
    "t": ("ton", "tons", "tonne", "tonnes", "metric tons"),
    "acre": ("acre", "acres"),
    "ha": ("hectare", "hectares"),
    "sq mi": ("square mile", "square miles"),
    "km²": ("square kilometer", "square kilometers", "square kilometre", "square kilometres", "sq km"),
    "m²": ("square meters", "square metres"),
    "sq ft": ("square foot", "square feet"),
    "gal": ("gallon", "gallons"),
    "L": ("liter", "liters", "litre", "litres"),
    "bbl": ("barrel", "barrels"),
    "°": ("degrees", "°"),
    "°C": ("°C", "degrees Celsius", "degrees centigrade"),
    "°F": ("°F", "degrees Fahrenheit"),
    "mph": ("mph", "miles per hour", "miles an hour"),
    "km/h": ("km/h", "kph", "kilometers per hour", "kilometres per hour", "kilometers an hour", "kilometres an hour"),
    "MW": ("MW", "megawatt", "megawatts"),
    "GW": ("GW", "gigawatt", "gigawatts"),
    "kW": ("kW", "kilowatt", "kilowatts"),
}
SYMBOLS = {word: symbol for symbol, words in _MEASURES.items() for word in words}
