"""What is odd: addresses, headers, values of fields, words on the open line. All attacks take from here."""

Value = str | bytes | None
"""A text, bytes that are none, or a field left out."""

PATHS = (
    "/", "/session", "/device", "/healthz", "/offices", "/offices/demo/kiosk", "/offices/demo/tickets",
    "/offices/demo/display", "/offices/demo/door", "/offices/demo/errands?q=khai+sinh", "/offices/demo/door/counts",
    "/offices/demo/settings/office", "/counters/1", "/tickets/1/call", "/t/x", "/static/css/app.css",
    "/socket.io/?EIO=4&transport=websocket", "/socket.io/?EIO=4&transport=polling", "/offices/demo/paper/poster.pdf",
)  # fmt: skip
POSTED = ("/session", "/offices/demo/tickets", "/offices/demo/door/counts", "/t/x", "/offices/demo/settings/office")
ODD = (
    "%", "%zz", "%0", "%00", "%ff%fe", "%c0%af", "%ed%a0%80", "%e2%80%ae", "..%2f..%2fetc/passwd", "%2e%2e/", "//",
    "\\",
    "?" * 50, "a" * 3000, "%u1EA1", "{{7*7}}", "';--", "<script>", "%F4%90%80%80", "&&&===", "[0]", "%0d%0aX-A:%20b",
    "*",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
HEADERS = (
    ("Host", ("", "a b", "x:99999", "[::1", "[zz]:80", "a" * 2000, "evil.example", "‮đ", "127.0.0.1:0:0", "-", "%00")),
    ("Cookie", ("luot=", "luot=.eJx.x.y", "luot=" + "A" * 4000, "luot_device=" + "x" * 4000, "luot_device=\"\\000\"")),
    ("Cookie", ("=;=;=", "a" * 6000, ";" * 3000, "luot=\xff\xfe; luot_device=\xff", "session=1; luot=%00; lang=\xe9")),
    ("Accept-Language", ("*;q=9", ",,,", "x" * 3000, "vi;q=\xff", "en-" * 500, "-", "vi;q=nan")),
    ("Range", ("bytes=-", "bytes=0-0,1-1,2-2", "bytes=99999999999999999999-", "x=1-2", "bytes=5-1",
    "bytes=" + "0-," * 900)),
    ("If-None-Match", ('"', "W/", '"' * 999, "*", '"\xff"', "W/" * 500)),
    ("If-Modified-Since", ("x", "Mon, 99 Foo 9999 99:99:99 GMT", "0", "Thu, 01 Jan 1970 00:00:00 +9999")),
    ("Accept", ("*/*;q=x", "," * 2000, "text/html;q=1e999", "\xff/\xff")),
    ("Accept-Encoding", ("gzip;q=x", "br;q=-1", "x" * 2000, ",;,;")),
    ("Authorization", ("Bearer", "Bearer \xff", "Basic !!!", "Digest username=", "Bearer " + "x" * 4000)),
    ("Referer", ("\xff", "http://[", "x" * 4000)),
    ("Origin", ("null", "http://[", "\xff", "http://evil.example")),
    ("HX-Request", ("true", "\xff")), ("HX-Current-URL", ("http://[", "%")), ("HX-Current-URL-URI-AutoEncoded", ("x",)),
    ("X-Forwarded-For", ("x", "1.2.3.4, \xff", "," * 1000)), ("X-Forwarded-Proto", ("https", "\xff", ",")),
    ("X-Forwarded-Host", ("[", "a b", "\xff")), ("X-HTTP-Method-Override", ("DELETE", "\xff")),
    ("Expect", ("100-continue", "200-ok", "")), ("Connection", ("upgrade", "close, close", "\xff", "Host")),
    ("Upgrade", ("websocket", "h2c", "TLS/1.0", "\xff")), ("Transfer-Encoding", ("identity", "x", "gzip, chunked")),
    ("Content-Type", ("", "x", "multipart/form-data", "text/html; charset=nonsense", FORM + "; charset=utf-7")),
    ("If-Range", ('"x"', "x", "\xff")), ("Date", ("x",)), ("TE", ("trailers, x",)), ("Trailer", ("Host",)),
    ("Sec-WebSocket-Key", ("x", "", "\xff")), ("Sec-WebSocket-Version", ("13", "0", "x")), ("HTTP2-Settings", ("x",)),
)  # fmt: skip
TEXTS: tuple[Value, ...] = (
    None, "", " ", "\0", "a\0b", "x" * 300, "ạ" * 5000, b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf",
    "\u202edb.exe\u202c\u200f", "🏛️\U0010ffff",
    "'; DROP TABLE ticket; --", "\" OR 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n%(x)s",
    "\r\nSet-Cookie: a=b", "=1+1",
    "../../etc/passwd", "javascript:alert(1)", "http://[", "//evil.example", "\ufeff", "a" + "\u0301" * 500, "\x1b[2J",
    "-1", "null", "[]",
)  # fmt: skip
NUMBERS: tuple[Value, ...] = (
    None, "", "-1", "0", "1", "2147483647", "2147483648", "9" * 30, "-2147483649", "1e9", "NaN", "inf", "0x10", "1.5",
    "1,5", "١٢", "²", "+1",
    "\0", b"\xff", "1;--", " 1 ", "1" * 5000, "true",
)  # fmt: skip
DAYS: tuple[Value, ...] = (
    None, "", "0000-00-00", "9999-12-31", "0001-01-01", "2026-02-30", "1/1/1", "31/02/2026", "10000-01-01", "x", "\0",
    "2026-W01-1", "-1",
    b"\xff", "٢٠٢٦-٠١-٠١", "25:00", "7h99", "24:00", "-7:00", "7:²", "23:59:59", "::", "0h", "h",
)  # fmt: skip
TICKS: tuple[Value, ...] = (None, "", "1", "on", "x" * 3000, "\0", b"\xff")
KINDS = {
    "number": NUMBERS, "date": DAYS, "time": DAYS, "checkbox": TICKS, "radio": NUMBERS + TEXTS[:12],
    "select": NUMBERS + TEXTS[:12],
    "hidden": NUMBERS + TEXTS[:12],
}  # fmt: skip
FILES = (
    b"", b"\xff\xfe", b"PK\x03\x04" + b"\0" * 200, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a;b\n\0;1\n",
    "mã,tên\n=1+1,@x\n".encode(),
    b"\n" * 60_000, b'"' * 9000, b"a," * 9000, "mã;tên\n".encode("utf-16"), b"PK\x05\x06" + b"\0" * 18,
)  # fmt: skip
ADDRESSES = (
    "/offices/demo/door/state", "/offices/demo/display/board", "/counters/1/desk", "/t/x/turn", "/t/%00/turn",
    "/offices/khac/display/board", "",
    "/", "//[", "http://[", "/offices/\0/display/board", "/offices/\ud800/display/board", "/offices?lang=xx",
    "/offices?lang=en", "../" * 400,
    "/devices/99999999999999999999/board", "/devices/-1/board", "/devices/1/board", "/offices/demo/notices/x",
    "/session", "%ff", "{}",
    "/offices/demo/areas/2147483648/door/state", "/counters/'/desk", "/offices/" + "a" * 9000 + "/display/board",
    "?" * 99,
)  # fmt: skip
VALUES = (
    None,
    True,
    -1,
    1e308,
    10**300,
    "",
    "x" * 9000,
    "\0",
    "\ud800",
    [],
    {},
    [[]],
    {"a": {}},
    [None] * 500,
    {"_placeholder": True, "num": 0},
)
BROKEN_ENGINE = (
    "",
    "x",
    "9",
    "b",
    "b!!!",
    "bAAAA",
    "0{}",
    "2",
    "2probe",
    "5",
    "6",
    "4",
    "7",
    "١",
    "\x1e",
    "33",
    "3" * 99,
    "-1",
    "\0",
    "4\x00",
    " ",
    "4b",
)
BROKEN_PACKETS = (
    "42", "42[", "42{}", "42[]", "42[1]", '42[{"a":1}]', '42["watch"', "47", "44", "43[]", "431[]", "41", "40/foo,",
    '42/foo,["watch",[]]', "40{",
    '40["a"]', "42" + "9" * 101 + "[]", '42["connect"]', '42["disconnect"]', '42["message","x"]', "42" + "[" * 9000,
    '42["watch",' + "[" * 3000,
    '42["watch"]', '42["watch",[],[],[]]', '4212["health"]', '42["health",1,2,3]', '42["nothing",1]', "40",
    "4" + "2" * 99, '42["watch",1e999]',
    '42["",null]', '42["watch",' + '{"a":' * 900 + "1" + "}" * 900 + "]", '42/,["watch",[]]', "42٣[]", '42-1["watch"]',
    "40/?x=1,",
)  # fmt: skip
