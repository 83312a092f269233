//! The keys that sign and verify, held in memory and read again when an unknown one turns up.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair as RsaKeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use guildhall_core::SigningKeyId;
use guildhall_identity::SigningKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use moka::sync::Cache;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Claims, MasterKey};
use crate::KernelError;

/// The type of our tokens (RFC 9068, 2.1).
const TOKEN_TYPE: &str = "at+jwt";

/// What a wrapped private key is sealed for.
const PURPOSE: &[u8] = b"signing key";

/// How many tokens one key remembers to have signed.
const REMEMBERED: u64 = 10_000;

/// A public key, as the key set shows it (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jwk {
    /// The key type: `RSA`.
    pub kty: &'static str,
    /// What the key is for: `sig`.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// The algorithm: `RS256`.
    pub alg: &'static str,
    /// The key's id.
    pub kid: String,
    /// The modulus, base64url.
    pub n: String,
    /// The exponent, base64url.
    pub e: String,
}

/// The platform's signing keys. Cheap to clone; all clones share one ring.
#[derive(Clone, Default)]
pub struct KeyRing(Arc<RwLock<Vec<Arc<LoadedKey>>>>);

struct LoadedKey {
    id: String,
    signs: Option<EncodingKey>,
    verifies: DecodingKey,
    jwk: Jwk,
    /// What the tokens say that were found to be signed by this key, by their hashes; it goes with the key.
    signed: Cache<[u8; 32], Claims>,
}

impl KeyRing {
    /// Makes a new pair of 2,048 bits, its private half wrapped.
    pub(crate) fn generate(
        id: SigningKeyId,
        master: &MasterKey,
        now: DateTime<Utc>,
    ) -> Result<SigningKey, KernelError> {
        let broken = |_| KernelError::Internal("a signing key could not be made".into());
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(broken)?;
        let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair).map_err(broken)?;
        Ok(SigningKey {
            id,
            wrapped_private_key: master.seal(der.as_ref(), PURPOSE)?,
            modulus: pair.public_key().modulus().big_endian_without_leading_zero().to_vec(),
            exponent: pair.public_key().exponent().big_endian_without_leading_zero().to_vec(),
            created_at: now,
            retired_at: None,
        })
    }

    /// Replaces what the ring holds by what is stored, newest first. A key that stays keeps what it knows of its tokens.
    pub(crate) fn load(&self, keys: &[SigningKey], master: &MasterKey) -> Result<(), KernelError> {
        let open = |key: &SigningKey| {
            let opened = LoadedKey::open(key, master)?;
            let signed = self.find(&opened.id).map(|known| known.signed.clone());
            Ok(Arc::new(LoadedKey { signed: signed.unwrap_or(opened.signed), ..opened }))
        };
        let loaded = keys.iter().map(open).collect::<Result<Vec<_>, KernelError>>()?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(())
    }

    /// Whether the ring holds the key that signed the token.
    pub(crate) fn knows(&self, token: &str) -> bool {
        decode_header(token).ok().and_then(|header| header.kid).is_some_and(|kid| self.find(&kid).is_some())
    }

    /// The public keys, newest first.
    pub fn public(&self) -> Vec<Jwk> {
        self.read(|keys| keys.iter().map(|key| key.jwk.clone()).collect())
    }

    /// Signs with the newest key that is not retired.
    pub(crate) fn sign(&self, claims: &Claims) -> Result<String, KernelError> {
        let (id, key) = self
            .read(|keys| keys.iter().find_map(|key| Some((key.id.clone(), key.signs.clone()?))))
            .ok_or_else(|| KernelError::Internal("there is no signing key".into()))?;
        let header =
            Header { kid: Some(id), typ: Some(TOKEN_TYPE.to_owned()), ..Header::new(Algorithm::RS256) };
        encode(&header, claims, &key)
            .map_err(|error| KernelError::Internal(format!("a token can't be signed: {error}")))
    }

    /// The claims of a token that one of our keys signed and that has not ended.
    pub(crate) fn verify(&self, token: &str, issuer: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = decode_header(token).ok()?;
        if header.alg != Algorithm::RS256 || header.typ.as_deref() != Some(TOKEN_TYPE) {
            return None;
        }
        let claims = self.find(header.kid.as_deref()?)?.claims(token)?;
        (claims.iss == issuer && now.timestamp() < claims.exp).then_some(claims)
    }

    fn find(&self, id: &str) -> Option<Arc<LoadedKey>> {
        self.read(|keys| keys.iter().find(|key| key.id == id).cloned())
    }

    fn read<T>(&self, f: impl FnOnce(&[Arc<LoadedKey>]) -> T) -> T {
        f(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl LoadedKey {
    fn open(key: &SigningKey, master: &MasterKey) -> Result<Self, KernelError> {
        let id = key.id.to_string();
        let signs = if key.retired_at.is_none() {
            Some(encoding_key(&master.open(&key.wrapped_private_key, PURPOSE)?)?)
        } else {
            None
        };
        let jwk = Jwk {
            kty: "RSA",
            usage: "sig",
            alg: "RS256",
            kid: id.clone(),
            n: URL_SAFE_NO_PAD.encode(&key.modulus),
            e: URL_SAFE_NO_PAD.encode(&key.exponent),
        };
        Ok(Self {
            id,
            signs,
            verifies: DecodingKey::from_rsa_raw_components(&key.modulus, &key.exponent),
            jwk,
            signed: Cache::new(REMEMBERED),
        })
    }

    /// The claims of a token that the key signed. Whether it did never changes, so that it is found out once.
    fn claims(&self, token: &str) -> Option<Claims> {
        let hash = Sha256::digest(token).into();
        if let Some(claims) = self.signed.get(&hash) {
            return Some(claims);
        }
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false; // by our own clock, whoever asks
        rules.validate_aud = false; // the audience decides what the token opens, not whether it is ours
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims = decode::<Claims>(token, &self.verifies, &rules).ok()?.claims;
        self.signed.insert(hash, claims.clone());
        Some(claims)
    }
}

/// The library reads PKCS #8 as PEM alone.
fn encoding_key(pkcs8: &[u8]) -> Result<EncodingKey, KernelError> {
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(pkcs8));
    EncodingKey::from_rsa_pem(pem.as_bytes())
        .map_err(|error| KernelError::Internal(format!("a signing key can't be read: {error}")))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use guildhall_core::{
        Clock, IdGenerator, ServiceAccountId, SessionId, UserId,
        testing::{FixedClock, SequentialIds},
    };

    use super::*;
    use crate::token::{Subject, TOKEN_LIFETIME};

    const ISSUER: &str = "http://localhost:8080";

    fn ring(ids: &SequentialIds, now: DateTime<Utc>) -> KeyRing {
        let master = MasterKey::new([3; 32]);
        let key = KeyRing::generate(SigningKeyId::new(ids.uuid()), &master, now).unwrap();
        let ring = KeyRing::default();
        ring.load(&[key], &master).unwrap();
        ring
    }

    #[test]
    fn a_token_says_what_it_was_made_for_until_it_ends() {
        let (clock, ids) = (FixedClock::default(), SequentialIds::default());
        let ring = ring(&ids, clock.now());
        let subject = Subject::User {
            user: UserId::new(ids.uuid()),
            session: SessionId::new(ids.uuid()),
            workspace: None,
        };
        let claims = subject.claims(ISSUER, ids.uuid(), clock.now(), clock.now() + TOKEN_LIFETIME);

        let token = ring.sign(&claims).unwrap();

        for _ in 0..2 {
            assert_eq!(
                ring.verify(&token, ISSUER, clock.now()).and_then(|claims| claims.subject()),
                Some(subject)
            );
        }
        assert_eq!(ring.verify(&token, ISSUER, clock.now() + TimeDelta::minutes(15)), None);
        assert_eq!(ring.verify(&token, "http://elsewhere.test", clock.now()), None);
    }

    #[test]
    fn a_token_that_was_taken_is_refused_once_its_key_is_gone_or_a_letter_of_it_is_changed() {
        let (clock, ids) = (FixedClock::default(), SequentialIds::default());
        let ring = ring(&ids, clock.now());
        let claims = Subject::Client(ServiceAccountId::new(ids.uuid())).claims(
            ISSUER,
            ids.uuid(),
            clock.now(),
            clock.now() + TOKEN_LIFETIME,
        );
        let token = ring.sign(&claims).unwrap();
        assert_eq!(ring.verify(&token, ISSUER, clock.now()), Some(claims));

        let (before, after) = token.rsplit_once('.').unwrap();
        let forged = format!("{before}.{}", after.chars().rev().collect::<String>());
        assert_eq!(ring.verify(&forged, ISSUER, clock.now()), None);
        ring.load(&[], &MasterKey::new([3; 32])).unwrap();
        assert_eq!(ring.verify(&token, ISSUER, clock.now()), None);
    }

    #[test]
    fn another_platforms_token_opens_nothing() {
        let (clock, ids) = (FixedClock::default(), SequentialIds::default());
        let (ours, theirs) = (ring(&ids, clock.now()), ring(&ids, clock.now()));
        let subject = Subject::User {
            user: UserId::new(ids.uuid()),
            session: SessionId::new(ids.uuid()),
            workspace: None,
        };
        let claims = subject.claims(ISSUER, ids.uuid(), clock.now(), clock.now() + TOKEN_LIFETIME);

        let token = theirs.sign(&claims).unwrap();

        assert_eq!(ours.verify(&token, ISSUER, clock.now()), None);
        assert!(!ours.knows(&token));
    }
}
