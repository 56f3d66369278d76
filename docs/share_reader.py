"""Reads share links of Attesta: python3 share_reader.py LINK [PASSPHRASE], from the root of the repository.

Written from docs/share-format.md alone, so that it checks that page. Needs nothing beside Python's own library; a
sealed link also needs the package "cryptography" (44 or newer).
"""

import base64, hashlib, operator, re, struct, sys, unicodedata, uuid, zlib

FOLDER = "crates/attesta-share/src/"
FOUR_BILLION = 0xFFFFFFFF
POINTS = [1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785,
          3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094]

def squashed(odds):
    point, between = (odds + 2048) >> 7, odds & 127
    return (POINTS[point] * (128 - between) + POINTS[point + 1] * between + 64) >> 7

STRETCHED = []
for odds in range(-2047, 2048):
    STRETCHED += [odds] * (squashed(odds) + 1 - len(STRETCHED))
STRETCHED += [2047] * (4096 - len(STRETCHED))

BASE58 = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
WORD = re.compile(rb"(?<![^-_])([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,})(?![^-_])")

def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")

def from_base64url(text):
    """The bytes, or None if it is not strict."""
    data = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)) if len(text) % 4 != 1 else b""
    return data if base64url(data) == text else None

def base58(data):
    number, text = int.from_bytes(data, "big"), bytearray()
    while number:
        number, digit = divmod(number, 58)
        text.append(BASE58[digit])
    return b"1" * (len(data) - len(data.lstrip(b"\0"))) + text[::-1]

def from_base58(text):
    number = 0
    for digit in text:
        number = number * 58 + BASE58.index(digit)
    return bytes(len(text) - len(text.lstrip(b"1"))) + number.to_bytes((number.bit_length() + 7) // 8, "big")

def numbered(number):
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + numbered(number >> 7)

def number_from(take):
    number = shift = 0
    while True:
        byte = take()
        number |= (byte & 127) << shift
        if byte < 128:
            return number
        shift += 7
        assert shift < 28

def is_utf8(data):
    try:
        return data.decode() is not None
    except UnicodeDecodeError:
        return False

def is_mixed(text, one_in):
    return one_in * (len(re.findall(rb"[a-z]+|[A-Z]+|[0-9]+|[-_]+", text)) - 1) >= len(text)

def is_piece(text):
    return (len(text) >= 20 and re.search(b"[A-Z]", text) and re.search(b"[a-z]", text) and is_mixed(text, 3)
            and from_base64url(text) is not None)

def laid_open(text, pieces=None, depth=0):
    """The text with tokens as FE…FF and pieces as F7…FC; pieces has the characters of those replaced by their bytes."""
    pieces = [] if pieces is None else pieces
    def piece(mark, characters, data):
        if characters in pieces:
            return b"\xFC" + numbered(len(pieces) - 1 - pieces.index(characters))
        pieces.append(characters)
        return bytes([mark]) + (numbered(len(data)) if mark >= 0xF9 else b"") + data
    def word(found):
        word = found[0]
        if b"-" in word:
            return piece(0xF8, word, uuid.UUID(word.decode()).bytes)
        return piece(0xF9, word, bytes.fromhex(word.decode())) if len(word) % 2 == 0 and is_mixed(word, 4) else word
    def run(found):
        run = found[0]                               # in the order of the rules
        if len(run) >= 16 and run[:1] in (b"e", b"W") and depth < 4:
            inner = from_base64url(run)
            if inner and inner[:1] in (b"{", b"[") and is_utf8(inner):
                return b"\xFE" + laid_open(inner, pieces, depth + 1) + b"\xFF"
        if run[:1] == b"u" and is_piece(run[1:]):
            return b"u" + piece(0xFB, run[1:], from_base64url(run[1:]))
        if 20 <= len(run) <= 512 and is_mixed(run, 3) and re.fullmatch(b"z[%s]+" % BASE58, run):
            data = from_base58(run[1:])
            is_key = len(data) == 34 and data[:2] == b"\xED\x01"
            return piece(0xF7, run, data[2:]) if is_key else piece(0xFA, run, data)
        if is_piece(run):
            return piece(0xFB, run, from_base64url(run))
        return WORD.sub(word, run)
    return re.sub(b"[A-Za-z0-9_-]+", run, text)

CHARACTERS = {
    0xF7: lambda data: b"z" + base58(b"\xED\x01" + data), 0xF8: lambda data: str(uuid.UUID(bytes=data)).encode(),
    0xF9: lambda data: data.hex().encode(), 0xFA: lambda data: b"z" + base58(data), 0xFB: base64url}

def put_back(take):
    """The text from its laid-open bytes, which take(whether the next one is given) hands out, None behind the last."""
    levels, pieces = [bytearray()], []
    while (byte := take()) is not None:
        if byte < 0xF7:
            levels[-1].append(byte)
        elif byte == 0xFE:
            levels.append(bytearray())
        elif byte == 0xFF:
            inner = base64url(levels.pop())
            levels[-1] += inner
        elif byte == 0xFC:
            levels[-1] += pieces[-1 - number_from(take)]
        else:
            size = 32 if byte == 0xF7 else 16 if byte == 0xF8 else number_from(take)
            pieces.append(CHARACTERS[byte](bytes(take(True) for _ in range(size))))
            levels[-1] += pieces[-1]
    return bytes(levels[0])

def learn(counters, bit):
    for counter in counters:
        chance, seen = counter[0], counter[1]
        counter[0] += (262143 - chance) * 2 // (2 * seen + 3) if bit else -(chance * 2 // (2 * seen + 3))
        if seen < 63:
            counter[1] += 1

def counter_of(history):
    counter = [131072, 0]
    for bit in bin(history)[3:]:
        learn([counter], int(bit))
    return [counter[0], 1]

class Model:
    """How likely the next bit is a 1."""

    def __init__(self):
        self.slots = [{} for _ in range(9)]          # counter (chance in 262,144ths, times used) and history in one
        self.histories = [[None] + [counter_of(history) for history in range(1, 256)] for _ in range(9)]
        self.trust = {(equal, bit): [131072, 0] for equal in range(32) for bit in (0, 1)}
        self.by_likeness, self.by_bits = [[5500] * 20 for _ in range(4)], [[5500] * 20 for _ in range(256)]
        self.contexts, self.text, self.partial = [0] * 9, bytearray(), 1
        self.word = self.word_before = self.member = self.string = self.length = self.kinds = 0
        self.inside = self.escapes = False
        self.places, self.followed, self.equal = {}, 0, 0

    def chance(self):
        self.counters, remembered, salt = [], [], self.partial * 0x9E3779B1
        for context, slots, histories in zip(self.contexts, self.slots, self.histories):
            x = (context + salt) * 0x85EBCA6B & FOUR_BILLION
            number = ((x ^ x >> 15) * 0xC2B2AE35 & FOUR_BILLION) >> 13
            slot = slots.get(number)
            if slot is None:
                slot = slots[number] = [131072, 0, 1]
            self.counters.append(slot)
            remembered.append(histories[slot[2]])
        self.counters += remembered
        if self.equal:
            known, expected = self.partial.bit_length() - 1, self.text[self.followed] | 256
            if expected >> (8 - known) == self.partial:
                self.counters.append(self.trust[min(self.equal, 31), expected >> (7 - known) & 1])
            else:
                self.equal = 0
        self.opinions = [STRETCHED[counter[0] >> 6] for counter in self.counters]
        self.opinions += [256] if self.equal else [0, 256]
        self.sets = []
        likeness = 0 if self.equal == 0 else 1 if self.equal < 16 else 2 if self.equal < 28 else 3
        for weights in self.by_likeness[likeness], self.by_bits[self.partial]:
            odds = sum(map(operator.mul, self.opinions, weights)) >> 16
            self.sets.append((weights, max(-2047, min(2047, odds))))
        return max(1, min(4095, squashed((self.sets[0][1] + self.sets[1][1]) >> 1)))

    def learn(self, bit):
        for weights, odds in self.sets:
            error = (4096 * bit - squashed(odds)) * 6
            weights[:] = [weight + (opinion * error + 8192 >> 14) for weight, opinion in zip(weights, self.opinions)]
        learn(self.counters, bit)
        for slot in self.counters[:9]:
            history = slot[2] << 1 | bit
            slot[2] = history if history < 256 else history & 127 | 128
        self.partial = self.partial << 1 | bit
        if self.partial > 255:
            byte, self.partial = self.partial & 255, 1
            self.append(byte)

    def append(self, byte):
        self.text.append(byte)
        right = self.equal and self.text[self.followed] == byte
        self.followed, self.equal = self.followed + 1, self.equal + 1 if right else 0
        hashes, end = [0], len(self.text)
        for length in range(1, 7):
            last = self.text[-length] if length <= end else 0
            hashes.append((hashes[-1] + last + 1) * 0x2F0B4C47 & FOUR_BILLION)
        small, capital, digit = 97 <= byte <= 122, 65 <= byte <= 90, 48 <= byte <= 57
        if small or capital or byte >= 128:
            self.word = (self.word + (byte | 32 if capital else byte) + 1) * 0x3D4D51CB & FOUR_BILLION
        else:
            self.word, self.word_before = 0, self.word or self.word_before
        self.follow_json(byte)
        if small or capital or digit:
            self.length, self.kinds = min(self.length + 1, 8), self.kinds | digit | (byte >= 103) << 1 | capital << 2
        else:
            self.length = self.kinds = 0
        in_word = self.word + 256 * byte & FOUR_BILLION
        self.contexts = hashes[:5] + [
            in_word,
            in_word + self.word_before * 0x51ED270B & FOUR_BILLION,
            (self.member * 0x9E3779B1 ^ hashes[1] * 3) & FOUR_BILLION,
            (256 * self.kinds + self.length) * 0x3D4D51CB & FOUR_BILLION]
        if end >= 6:
            place, equal = self.places.get(hashes[6] >> 16, 0), 0
            if self.equal == 0:
                while equal < min(32, place) and self.text[place - 1 - equal] == self.text[end - 1 - equal]:
                    equal += 1
                if equal >= 6:
                    self.followed, self.equal = place, equal
            self.places[hashes[6] >> 16] = end

    def follow_json(self, byte):
        """Keeps the name of the JSON member."""
        escaped, self.escapes = self.escapes, False
        if byte >= 0xFE:
            self.inside = byte == 0xFF
        elif not self.inside:
            if byte == ord('"'):
                self.inside, self.string = True, 0
            elif byte == ord(":"):
                self.member = self.string | 1
        elif byte == ord('"') and not escaped:
            self.inside = False
        else:
            self.string = (self.string + byte + 1) * 0x2F0B4C47 & FOUR_BILLION
            self.escapes = byte == ord("\\") and not escaped

def model_of(text):
    model, rest = Model(), iter(laid_open(text))
    def learned(given=False):
        byte = next(rest, None)
        for place in range(7, -1, -1) if byte is not None and not given else ():
            model.chance()
            model.learn(byte >> place & 1)
        return byte
    assert put_back(learned) == text
    return model

def expand(data):
    rest = iter(data)
    length = number_from(rest.__next__)
    assert length <= 65536
    model = model_of(open(FOLDER + "dictionary-2.txt", "rb").read())
    low, high, number, out = 0, FOUR_BILLION, 0, bytearray()
    for _ in range(4):
        number = number << 8 | next(rest, 0)
    def decoded(given=False):
        nonlocal low, high, number
        if len(out) == length:
            return None
        byte = 1
        while byte < 256:
            middle = low + ((high - low) >> 12) * (2048 if given else model.chance())
            bit = int(number <= middle)
            low, high = (low, middle) if bit else (middle + 1, high)
            if not given:
                model.learn(bit)
            byte = byte << 1 | bit
            while (low ^ high) >> 24 == 0:
                low, high = low << 8 & FOUR_BILLION, (high << 8 | 255) & FOUR_BILLION
                number = (number << 8 | next(rest, 0)) & FOUR_BILLION
        out.append(byte & 255)
        return out[-1]
    presentation = put_back(decoded)
    assert len(presentation) <= 65536 and laid_open(presentation) == out, "not as it is written"
    return presentation

def inflate(data):
    stream = zlib.decompressobj(-15, zdict=open(FOLDER + "dictionary-1.txt", "rb").read())
    return stream.decompress(data, 8 << 20)

def payload_bytes(encoding, text):
    if encoding in "us":
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    widths, groups = [0, 3, 5, 8, 10, 13, 15, 17], [text[at:at + 17] for at in range(0, len(text), 17)]
    return b"".join(int(group).to_bytes(widths.index(len(group)), "big") for group in groups)

def hchacha20(key, nonce):
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))
    def quarter(a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = state[x] + state[y] & FOUR_BILLION
            state[z] ^= state[x]
            state[z] = (state[z] << turn | state[z] >> (32 - turn)) & FOUR_BILLION
    for _ in range(10):
        for column in range(4):
            quarter(column, 4 + column, 8 + column, 12 + column)
        for column in range(4):
            quarter(column, 4 + (column + 1) % 4, 8 + (column + 2) % 4, 12 + (column + 3) % 4)
    return struct.pack("<8I", *state[:4], *state[12:])

def unseal(version, body, passphrase):
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    salt, nonce, sealed = body[:16], body[16:40], body[40:]
    spelled = unicodedata.normalize("NFC", "".join(" " if c.isspace() else c for c in passphrase.strip()))
    key = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(spelled.encode())
    header = f"attesta:share#{version}s".encode()
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])).decrypt(bytes(4) + nonce[16:], sealed, header)

def read(fragment, passphrase=None):
    version, encoding, data = fragment[0], fragment[1], payload_bytes(fragment[1], fragment[2:])
    checksum, body = data[:4], data[4:]
    sealed = encoding in "sd"
    if sealed or version == "2":
        header = f"attesta:share#{version}{'s' if sealed else 'u'}".encode()
        assert hashlib.sha256(header + body).digest()[:4] == checksum, "cut or altered"
    if sealed:
        body = unseal(version, body, passphrase)
    presentation = {"1": inflate, "2": expand}[version](body)
    assert sealed or version == "2" or hashlib.sha256(presentation).digest()[:4] == checksum, "cut or altered"
    return presentation

if __name__ == "__main__":
    sys.stdout.buffer.write(read(sys.argv[1].split("#")[-1], *sys.argv[2:]))
