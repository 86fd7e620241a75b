"""What hands do at the door: a password, a code from an app, a passkey of one's own making."""

import json
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PASSWORD = "gánh nước đêm trăng"
ORIGIN, SITE = "http://testserver", "testserver"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def inside(client) -> bool:
    return client.get("/").status_code == 200


def confirm(client, password=PASSWORD):
    return client.post(reverse("account_reauthenticate"), {"password": password})


def code(secret: str, periods: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def add_app(client, password=PASSWORD) -> str:
    """Set an authenticator app up as a person would; its secret."""
    confirm(client, password)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


class Passkey:
    """A key in software, as a telephone holds one."""

    def __init__(self, identity: bytes = b"a key of one's own, 32 bytes long"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.identity = identity
        self.owner = b""

    def made(self, options: dict) -> str:
        """What a browser posts when the key is added."""
        self.owner = options["publicKey"]["user"]["id"]
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.identity, ES256.from_cryptography_key(self.private.public_key())
        )
        data = AuthenticatorData.create(sha256(SITE.encode()), 0x45, 1, attested)
        attestation = AttestationObject.create("none", data, {})
        client_data = self._said("webauthn.create", options)
        return self._posted(
            {"clientDataJSON": client_data, "attestationObject": attestation}, {"credProps": {"rk": True}}
        )

    def used(self, options: dict, owner: str | None = None) -> str:
        """What a browser posts when the key opens a door."""
        client_data = self._said("webauthn.get", options)
        data = AuthenticatorData.create(sha256(SITE.encode()), 0x05, 2)
        signature = self.private.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        return self._posted(answer, {}, userHandle=owner or self.owner)

    def _said(self, kind: str, options: dict) -> CollectedClientData:
        return CollectedClientData.create(kind, options["publicKey"]["challenge"], ORIGIN)

    def _posted(self, answer: dict, extensions: dict, **plain) -> str:
        encoded = {name: websafe_encode(bytes(value)) for name, value in answer.items()}
        return json.dumps(
            {
                "id": websafe_encode(self.identity),
                "rawId": websafe_encode(self.identity),
                "type": "public-key",
                "response": encoded | plain,
                "clientExtensionResults": extensions,
            }
        )


def add_passkey(client, key: Passkey):
    confirm(client)
    options = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    options = json.loads(json.dumps(options, default=str))
    return client.post(
        reverse("mfa_add_webauthn"), {"name": "Điện thoại", "passwordless": "on", "credential": key.made(options)}
    )
