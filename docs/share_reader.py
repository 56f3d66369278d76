"""Reads share links of Attesta: python3 share_reader.py LINK [PASSPHRASE], from the root of the repository.

Written from docs/share-format.md alone, so that it checks that page. Needs nothing beside Python's own library; a sealed
link also needs the package "cryptography" (44 or newer).
"""

import base64, hashlib, struct, sys, unicodedata, zlib

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

class Model:
    """How likely the next bit is a 1."""

    def __init__(self, text):
        self.counters, self.trust = {}, {}           # chance in 4,194,304ths, times seen
        self.contexts, self.text, self.partial, self.word = [0] * 7, bytearray(), 1, 0
        self.places, self.followed, self.equal = {}, 0, 0
        self.weights = [[18000] * 9 for _ in range(4)]
        for byte in text:
            for place in range(7, -1, -1):
                self.chance()
                self.learn(byte >> place & 1)

    def chance(self):
        self.chosen, self.inputs = [], []
        for number, context in enumerate(self.contexts):
            mixed = (context + self.partial * 0x9E3779B1) * 0x85EBCA6B & FOUR_BILLION
            mixed = (mixed ^ mixed >> 15) * 0xC2B2AE35 & FOUR_BILLION
            self.chosen.append((self.counters, (number, mixed >> 13)))
        known, expected = self.partial.bit_length() - 1, None
        if self.equal:
            expected = self.text[self.followed] | 256
            if expected >> (8 - known) != self.partial:
                self.equal, expected = 0, None
        if expected is not None:
            self.chosen.append((self.trust, (min(self.equal, 31), expected >> (7 - known) & 1)))
        for table, key in self.chosen:
            self.inputs.append(STRETCHED[table.get(key, (1 << 21, 0))[0] >> 10])
        self.inputs += [0] * (8 - len(self.inputs)) + [256]
        self.set = 0 if self.equal == 0 else 1 if self.equal < 16 else 2 if self.equal < 28 else 3
        total = sum(value * weight for value, weight in zip(self.inputs, self.weights[self.set])) >> 16
        self.mixed = squashed(max(-2047, min(2047, total)))
        return max(1, min(4095, self.mixed))

    def learn(self, bit):
        error = ((bit << 12) - self.mixed) * 4
        weights = self.weights[self.set]
        for place, value in enumerate(self.inputs):
            weights[place] += (value * error + 0x2000) >> 14
        for table, key in self.chosen:
            chance, seen = table.get(key, (1 << 21, 0))
            wrong = (1 << 22) - 1 - chance if bit else chance
            step = wrong * 2 // (2 * seen + 3)
            table[key] = chance + step if bit else chance - step, min(seen + 1, 255)
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
        letter = byte | 32 if 65 <= byte <= 90 else byte
        is_letter = 97 <= letter <= 122 or byte >= 128
        self.word = (self.word + letter + 1) * 0x3D4D51CB & FOUR_BILLION if is_letter else 0
        self.contexts = [0] + hashes[1:5] + [hashes[6], self.word + (byte << 8) & FOUR_BILLION]
        if end >= 6:
            place, equal = self.places.get(hashes[6] >> 16, 0), 0
            if self.equal == 0:
                while equal < min(32, place) and self.text[place - 1 - equal] == self.text[end - 1 - equal]:
                    equal += 1
                if equal >= 6:
                    self.followed, self.equal = place, equal
            self.places[hashes[6] >> 16] = end

def expand(data):
    length = shift = at = 0
    while True:
        length |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            break
    assert length <= 65536
    rest = iter(data[at:])
    model, low, high, number, out = Model(open(FOLDER + "dictionary-2.txt", "rb").read()), 0, FOUR_BILLION, 0, bytearray()
    for _ in range(4):
        number = number << 8 | next(rest, 0)
    while len(out) < length:
        byte = 1
        while byte < 256:
            middle = low + ((high - low) >> 12) * model.chance()
            bit = int(number <= middle)
            low, high = (low, middle) if bit else (middle + 1, high)
            model.learn(bit)
            byte = byte << 1 | bit
            while (low ^ high) >> 24 == 0:
                low, high = low << 8 & FOUR_BILLION, (high << 8 | 255) & FOUR_BILLION
                number = (number << 8 | next(rest, 0)) & FOUR_BILLION
        out.append(byte & 255)
    levels = [bytearray()]
    for byte in out:
        if byte == 0xFE:
            levels.append(bytearray())
        elif byte == 0xFF:
            inner = base64.urlsafe_b64encode(levels.pop()).rstrip(b"=")
            levels[-1] += inner
        else:
            levels[-1].append(byte)
    return bytes(levels[0])

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
