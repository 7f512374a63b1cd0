//! The sealing suite against published vectors: RFC 9180's PSK mode, and the post-quantum draft's
//! X-Wing with HKDF-SHA256 and ChaCha20-Poly1305. Sources are named in the files.

use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use serde_json::Value;

const PUBLISHED: &str = include_str!("../../tests/vectors/hpke-published.json");
const XWING: &str = include_str!("../../tests/vectors/xwing-published.json");

#[test]
fn published_vectors_of_hpke_hold() {
    let file: Value = serde_json::from_str(PUBLISHED).unwrap();
    let mut held = Vec::new();
    for vector in file["vectors"].as_array().unwrap() {
        assert_eq!((&vector["kdf_id"], &vector["aead_id"]), (&1.into(), &3.into()));
        match vector["kem_id"].as_u64() {
            Some(0x0020) => hold::<X25519HkdfSha256>(vector),
            Some(0x647a) => hold::<XWing>(vector),
            other => panic!("no such KEM here: {other:?}"),
        }
        held.push((vector["mode"].as_u64().unwrap(), vector["kem_id"].as_u64().unwrap()));
    }
    assert_eq!(held, [(0, 0x20), (1, 0x20), (0, 0x647a)]);
}

#[test]
fn published_vectors_of_xwing_hold() {
    let file: Value = serde_json::from_str(XWING).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    for vector in vectors {
        let secret = <XWing as Kem>::PrivateKey::from_bytes(&hex(&vector["sk"])).unwrap();
        let public = <XWing as Kem>::PublicKey::from_bytes(&hex(&vector["pk"])).unwrap();
        assert!(XWing::sk_to_pk(&secret) == public);
        let mut randomness = Given(hex(&vector["eseed"]));
        let (shared, enc) = XWing::encap_with_rng(&public, None, &mut randomness).unwrap();
        assert_eq!(enc.to_bytes().as_slice(), hex(&vector["ct"]));
        assert_eq!(shared.0.as_slice(), hex(&vector["ss"]));
        let again = XWing::decap(&secret, None, &enc).unwrap();
        assert_eq!(again.0.as_slice(), hex(&vector["ss"]));
    }
    assert_eq!(vectors.len(), 3);
}

/// Both sides of one vector: the sender with the encapsulation's randomness given, the receiver
/// with the ciphertexts given, up to the last sequence number in it.
fn hold<K: Kem>(vector: &Value) {
    let info = hex(&vector["info"]);
    let (psk, psk_id) = (hex(&vector["psk"]), hex(&vector["psk_id"]));
    let bundle = || PskBundle::new(&psk, &psk_id).unwrap();
    let (mode_s, mode_r) = match vector["mode"].as_u64() {
        Some(0) => (OpModeS::<K>::Base, OpModeR::<K>::Base),
        Some(1) => (OpModeS::Psk(bundle()), OpModeR::Psk(bundle())),
        other => panic!("no such mode here: {other:?}"),
    };
    let secret = K::PrivateKey::from_bytes(&hex(&vector["skRm"])).unwrap();
    let public = K::PublicKey::from_bytes(&hex(&vector["pkRm"])).unwrap();
    assert!(K::sk_to_pk(&secret) == public);

    let mut randomness = Given(hex(&vector["ikmE"]));
    let (enc, mut sender) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, K>(
        &mode_s,
        &public,
        &info,
        &mut randomness,
    )
    .unwrap();
    assert_eq!(enc.to_bytes().as_slice(), hex(&vector["enc"]));
    let mut receiver =
        hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, K>(&mode_r, &secret, &enc, &info)
            .unwrap();

    let mut sequence = 0;
    for encryption in vector["encryptions"].as_array().unwrap() {
        let wanted = encryption["sequence"].as_u64().unwrap();
        while sequence < wanted {
            let skipped = sender.seal(b"", b"").unwrap();
            receiver.open(&skipped, b"").unwrap();
            sequence += 1;
        }
        let (pt, aad) = (hex(&encryption["pt"]), hex(&encryption["aad"]));
        let ct = hex(&encryption["ct"]);
        assert_eq!(sender.seal(&pt, &aad).unwrap(), ct);
        assert_eq!(receiver.open(&ct, &aad).unwrap(), pt);
        sequence += 1;
    }
    for export in vector["exports"].as_array().unwrap() {
        let mut value = vec![0; usize::try_from(export["L"].as_u64().unwrap()).unwrap()];
        receiver.export(&hex(&export["exporter_context"]), &mut value).unwrap();
        assert_eq!(value, hex(&export["exported_value"]));
    }
}

/// Randomness as given, and no more.
struct Given(Vec<u8>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("whole keys are drawn, not words")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("whole keys are drawn, not words")
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.copy_from_slice(&self.0.drain(..out.len()).collect::<Vec<_>>());
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    assert!(text.len().is_multiple_of(2));
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
