// Mails as schools send them: HTML and text, quoted-printable and base64.

const inLines = (base64) => base64.match(/.{1,76}/g).join("\r\n");
const quoted = (text) =>
  [...Buffer.from(text)]
    .map((byte) => (byte === 61 || byte > 126 || (byte < 32 && byte !== 10 && byte !== 13) ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}` : String.fromCharCode(byte)))
    .join("")
    .replace(/[^\r\n]{70}(?=[^\r\n])/g, (line) => (/=.?$/.test(line) ? line : `${line}=\r\n`));

/** A mail that tells of credentials, with a link to claim each. */
export function claimMail({ to, subject, links }) {
  const text = `Hello,\r\n\r\nYou have earned these:\r\n\r\n${links.join("\r\n\r\n")}\r\n\r\nCongratulations\r\n`;
  const html = `<html><body><p>You have earned these:</p>${links
    .map((link) => `<p><a href="${link.replaceAll("&", "&amp;")}">Claim your badge</a></p>`)
    .join("")}</body></html>`;
  return [
    "From: Wapiti Lake College <registrar@school.example>",
    `To: ${to}`,
    `Subject: =?UTF-8?B?${Buffer.from(subject).toString("base64")}?=`,
    "Date: Fri, 20 Nov 2026 09:30:00 -0500",
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="part"',
    "",
    "--part",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quoted(text),
    "--part",
    "Content-Type: text/html; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    inLines(Buffer.from(html).toString("base64")),
    "--part--",
    "",
  ].join("\r\n");
}
