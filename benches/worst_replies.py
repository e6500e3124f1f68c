"""Replies of the worst kinds: those that take most memory or time for their size. Each is as large as a reply may be."""

MIB = 1 << 20
SIZE = 32 * MIB
TOKEN = "eyJhbGciOiJSUzI1NiJ9." + "x" * 800
ASKED = b'[{"component_id":"9876","consumer_id":"qtcreator"}]'
SMALL = b'{"status":true,"message":"","licenses":[],"data":[]}'

_LICENSES = b'{"status":true,"message":"","licenses":['
_DATA = b'{"status":true,"message":"","data":['
_YES = b'{"component_id":"9876","consumer_id":"qtcreator","installtion_allowed":true}'
# Three bytes that a message would show as eight.
_INVISIBLE = b"\xe2\x80\x8b"


def _filled(start, part, end):
    """`start`, `part` as often as it fits, and `end`."""
    return start + part * ((SIZE - len(start) - len(end)) // len(part)) + end


def _nested(start, end):
    depth = (SIZE - len(start) - len(end)) // 2
    return start + b"[" * depth + b"]" * depth + end


def _halves(start, end):
    """A buffer that doubles as it grows is largest for such a string."""
    start = b'{"status":true,"licenses":[],' + start
    half = b"x" * ((SIZE - len(start) - len(end)) // 2 - 2) + b"\\n"
    return start + half + half + end


def _license(start, part, end=b"}]}"):
    return "list", lambda: _filled(_LICENSES + start, part, end)


def _other(start, part, end=b"}"):
    return "list", lambda: _filled(start, part, end)


def _check(start, part, end=b"]}"):
    return "check", lambda: _filled(_DATA + start, part, end)


# By its name: the operation, and what makes the body.
REPLIES = {
    "licenses `{}`": _license(b"{}", b",{}", b"]}"),
    'licenses `{"a":1}`': _license(b'{"a":1}', b',{"a":1}', b"]}"),
    "licenses of 500 bytes": _license(b"{}", b',{"a":"' + b"x" * 491 + b'"}', b"]}"),
    "licenses of 1 100 bytes": _license(b"{}", b',{"a":"' + b"x" * 1091 + b'"}', b"]}"),
    "licenses that are `[]`": _license(b"[]", b",[]", b"]}"),
    "in a license, `[]`": _license(b'{"a":[[]', b",[]", b"]}]}"),
    "in a license, numbers": _license(b'{"a":[1', b",1", b"]}]}"),
    "licenses of 1 100 bytes, numbers": _license(
        b"{}", b',{"a":[1' + b",1" * 250 + b'],"b":"' + b"x" * 590 + b'"}', b"]}"
    ),
    "in a license, an object of numbers": (
        "list",
        lambda: _LICENSES + b'{"a":{' + b",".join(b'"%d":1' % number for number in range(SIZE // 12)) + b"}}]}",
    ),
    "in a license, an object of members": _license(b'{"a":{"":1', b',"":1', b"}}]}"),
    "a license of members": _license(b'{"a":1', b',"":1'),
    "in a license, a string": _license(b'{"a":"', b"x", b'"}]}'),
    "in a license, a string of escapes": _license(b'{"a":"', b"\\n", b'"}]}'),
    "in a license, a string of `\\u0041`": _license(b'{"a":"', b"\\u0041", b'"}]}'),
    "in a license, a key of escapes": _license(b'{"a":1,"', b"\\n", b'":1}]}'),
    "in a license, arrays 123 deep": _license(b'{"a":[0', b"," + b"[" * 123 + b"]" * 123, b"]}]}"),
    "in a license, nesting without end": ("list", lambda: _nested(_LICENSES + b'{"a":', b"}]}")),
    "the token in each license": _license(b"{}", b',{"a":"' + TOKEN.encode() + b'"}', b"]}"),
    "the token in a string with an escape": _license(b'{"a":"\\n', TOKEN.encode(), b'"}]}'),
    "the token in a long string with an escape": _license(b'{"a":"\\n' + TOKEN.encode(), b"x", b'"}]}'),
    "white space between licenses": _license(b"{}", b" ", b",{}]}"),
    "cut off in the licenses": _license(b"{}", b",{}", b""),
    "a message": _other(b'{"status":true,"licenses":[],"message":"', b"x", b'"}'),
    "a message with an escape": _other(b'{"status":true,"licenses":[],"message":"\\n', _INVISIBLE, b'"}'),
    "a message of a refusal": _other(b'{"status":false,"message":"\\n', _INVISIBLE, b'"}'),
    "a message of two halves, an escape behind each": ("list", lambda: _halves(b'"message":"', b'"}')),
    "an unknown key of two such halves": ("list", lambda: _halves(b'"', b'":1}')),
    "an error code of digits": _other(b'{"status":false,"code":', b"1"),
    "a status that is a string": _other(b'{"licenses":[],"status":"', _INVISIBLE, b'"}'),
    "licenses that are a string": _other(b'{"status":true,"licenses":"', _INVISIBLE, b'"}'),
    "a string": _other(b'"', _INVISIBLE, b'"'),
    "what is read, twice": _other(b'{"status":true', b',"status":true'),
    "unknown members": _other(b'{"status":true,"licenses":[],"x":{"":1', b',"":1', b"}}"),
    "an unknown key with an escape": _other(b'{"status":true,"licenses":[],"\\n', b"x", b'":1}'),
    "an unknown key with U+0000": _other(b'{"status":true,"licenses":[],"\\u0000', b"x", b'":1}'),
    "unknown nesting without end": ("list", lambda: _nested(b'{"status":true,"licenses":[],"x":', b"}")),
    "licenses `{}`, chunks of one byte": _license(b"{}", b",{}", b"]}"),
    "entries nobody asked for": _check(b'{"component_id":""}', b',{"component_id":""}'),
    "such entries, all different": (
        "check",
        lambda: _DATA + b",".join(b'{"component_id":"%x"}' % number for number in range(SIZE // 27)) + b"]}",
    ),
    "entries without a consumer": _check(b'{"component_id":"9876"}', b',{"component_id":"9876"}'),
    "the same entry again": _check(_YES, b"," + _YES),
    "entries `{}`": _check(b"{}", b",{}"),
    "entries that are numbers": _check(b"1", b",1"),
    "an entry of members": _check(b'{"component_id":"9876"', b',"":1', b"}]}"),
    "an id of escapes": _check(b'{"component_id":"', b"\\n", b'"}]}'),
    "an id with U+0000": _check(b'{"component_id":"\\u0000', b"x", b'"}]}'),
    "a verdict that is a string": _check(b'{"component_id":"9876","installtion_allowed":"', _INVISIBLE, b'"}]}'),
}
