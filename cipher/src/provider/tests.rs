//! Known answers through the very functions that SQLCipher calls, and what they do with nonsense.

use super::*;

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn cipher(mode: c_int, key: &[u8], iv: &[u8], input: &[u8]) -> (c_int, Vec<u8>) {
    let mut out = vec![0; input.len()];
    // SAFETY: every pointer and length belongs to a slice that outlives the call.
    let code = unsafe {
        page_cipher(
            ptr::null_mut(),
            mode,
            key.as_ptr(),
            key.len() as c_int,
            iv.as_ptr(),
            input.as_ptr(),
            input.len() as c_int,
            out.as_mut_ptr(),
        )
    };
    (code, out)
}

fn mac(algorithm: c_int, key: &[u8], first: &[u8], second: Option<&[u8]>) -> (c_int, Vec<u8>) {
    let mut out = vec![0; 64];
    // SAFETY: as above; 64 bytes hold the longest tag.
    let code = unsafe {
        page_hmac(
            ptr::null_mut(),
            algorithm,
            key.as_ptr(),
            key.len() as c_int,
            first.as_ptr(),
            first.len() as c_int,
            second.map_or(ptr::null(), <[u8]>::as_ptr),
            second.map_or(0, |second| second.len() as c_int),
            out.as_mut_ptr(),
        )
    };
    // SAFETY: reads no memory.
    out.truncate(unsafe { get_hmac_sz(ptr::null_mut(), algorithm) } as usize);
    (code, out)
}

fn kdf(
    algorithm: c_int,
    secret: &[u8],
    salt: &[u8],
    rounds: c_int,
    len: usize,
) -> (c_int, Vec<u8>) {
    let mut out = vec![0; len];
    // SAFETY: as above.
    let code = unsafe {
        derive_key(
            ptr::null_mut(),
            algorithm,
            secret.as_ptr(),
            secret.len() as c_int,
            salt.as_ptr(),
            salt.len() as c_int,
            rounds,
            len as c_int,
            out.as_mut_ptr(),
        )
    };
    (code, out)
}

#[test]
fn aes_256_cbc_answers_as_nist_says() {
    // NIST SP 800-38A, F.2.5 and F.2.6 (CBC-AES256).
    let key = unhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    let iv = unhex("000102030405060708090a0b0c0d0e0f");
    let plain = unhex(
        "6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
         30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710",
    );
    let sealed = unhex(
        "f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d
         39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b",
    );
    assert_eq!(cipher(1, &key, &iv, &plain), (SQLITE_OK, sealed.clone()));
    assert_eq!(cipher(0, &key, &iv, &sealed), (SQLITE_OK, plain.clone()));

    let mut same_buffer = plain;
    // SAFETY: input and output are one live buffer, which the function allows.
    let code = unsafe {
        page_cipher(
            ptr::null_mut(),
            1,
            key.as_ptr(),
            32,
            iv.as_ptr(),
            same_buffer.as_ptr(),
            64,
            same_buffer.as_mut_ptr(),
        )
    };
    assert_eq!((code, same_buffer), (SQLITE_OK, sealed));
}

#[test]
fn hmac_answers_as_the_rfcs_say() {
    let jefe: (&[u8], &[u8]) = (b"Jefe", b"what do ya want for nothing?");
    // RFC 4231, 4.2 to 4.4 and 4.7 (SHA-512), 4.3 (SHA-256); RFC 2202, 3, case 2 (SHA-1).
    let cases: [(c_int, &[u8], &[u8], &str); 6] = [
        (
            2,
            &[0x0b; 20],
            b"Hi There",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde
             daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (
            2,
            jefe.0,
            jefe.1,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            2,
            &[0xaa; 20],
            &[0xdd; 50],
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39
             bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        ),
        (
            2,
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
        (1, jefe.0, jefe.1, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (0, jefe.0, jefe.1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    ];
    for (algorithm, key, data, tag) in cases {
        assert_eq!(mac(algorithm, key, data, None), (SQLITE_OK, unhex(tag)));
        let (first, second) = data.split_at(data.len() / 2);
        assert_eq!(
            mac(algorithm, key, first, Some(second)),
            (SQLITE_OK, unhex(tag)),
            "in two parts"
        );
    }
}

#[test]
fn pbkdf2_answers_as_published() {
    // BIP-39's first English vector: PBKDF2-HMAC-SHA512, 2,048 rounds, salt "mnemonic" and "TREZOR".
    let mnemonic = b"abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let seed = "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553
                1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04";
    assert_eq!(kdf(2, mnemonic, b"mnemonicTREZOR", 2048, 64), (SQLITE_OK, unhex(seed)));
    // CPython's Lib/test/test_hashlib.py, pbkdf2_results["sha512"], whose inputs are RFC 6070's.
    let once = "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252
                c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce";
    assert_eq!(kdf(2, b"password", b"salt", 1, 64), (SQLITE_OK, unhex(once)));
    // RFC 7914, 11 (SHA-256); RFC 6070, 2 (SHA-1).
    let sha256 = "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
                  49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783";
    assert_eq!(kdf(1, b"passwd", b"salt", 1, 64), (SQLITE_OK, unhex(sha256)));
    let sha1 = "0c60c80f961f0e71f3a9b524af6012062fe037a6";
    assert_eq!(kdf(0, b"password", b"salt", 1, 20), (SQLITE_OK, unhex(sha1)));
}

#[test]
fn nonsense_is_answered_with_an_error() {
    let (key, iv, page) = ([7; 32], [9; 16], [1; 32]);
    assert_eq!(cipher(2, &key, &iv, &page).0, SQLITE_ERROR, "no such direction");
    assert_eq!(cipher(1, &key[..31], &iv, &page).0, SQLITE_ERROR, "a short key");
    assert_eq!(cipher(1, &key[..0], &iv, &page).0, SQLITE_ERROR, "no key");
    assert_eq!(cipher(1, &key, &iv, &page[..31]).0, SQLITE_ERROR, "not whole blocks");
    assert_eq!(mac(3, &key, &page, None).0, SQLITE_ERROR, "no such hash");
    assert_eq!(kdf(-1, &key, &page, 1, 32).0, SQLITE_ERROR, "no such hash");
    assert_eq!(kdf(2, &key, &page, 0, 32).0, SQLITE_ERROR, "no rounds");
    assert_eq!(kdf(2, &key, &page, -1, 32).0, SQLITE_ERROR, "fewer than no rounds");

    let (null, none) = (ptr::null_mut::<c_void>(), ptr::null::<c_uchar>());
    let mut out = [0u8; 64];
    let to = out.as_mut_ptr();
    for len in [-1, c_int::MIN, c_int::MAX] {
        // SAFETY: a bad length is refused before a pointer is followed, and so is null.
        unsafe {
            assert_eq!(random(null, to.cast(), len), SQLITE_ERROR);
            assert_eq!(random(null, null, 32), SQLITE_ERROR);
            assert_eq!(
                page_hmac(null, 2, key.as_ptr(), len, page.as_ptr(), 32, none, 0, to),
                SQLITE_ERROR
            );
            assert_eq!(
                page_hmac(null, 2, key.as_ptr(), 32, page.as_ptr(), len, none, 0, to),
                SQLITE_ERROR
            );
            assert_eq!(page_hmac(null, 2, key.as_ptr(), 32, none, 32, none, 0, to), SQLITE_ERROR);
            assert_eq!(
                derive_key(null, 2, key.as_ptr(), len, page.as_ptr(), 16, 2, 32, to),
                SQLITE_ERROR
            );
            assert_eq!(
                derive_key(null, 2, key.as_ptr(), 32, page.as_ptr(), 16, 2, len, to),
                SQLITE_ERROR
            );
            assert_eq!(derive_key(null, 2, key.as_ptr(), 32, none, 16, 2, 32, to), SQLITE_ERROR);
            assert_eq!(
                page_cipher(null, 1, key.as_ptr(), 32, iv.as_ptr(), page.as_ptr(), len, to),
                SQLITE_ERROR
            );
            assert_eq!(
                page_cipher(null, 1, key.as_ptr(), 32, none, page.as_ptr(), 32, to),
                SQLITE_ERROR
            );
        }
    }
    assert_eq!(out, [0; 64], "nothing was written on the way");
    // SAFETY: null is refused.
    let refused = unsafe { attune_sqlcipher_setup(ptr::null_mut()) };
    assert_eq!(refused, SQLITE_ERROR);
}

#[test]
fn a_panic_becomes_an_error() {
    assert_eq!(answer(|| Err(Unfit)), SQLITE_ERROR);
    assert_eq!(answer(|| std::panic::resume_unwind(Box::new(()))), SQLITE_ERROR);
}

#[test]
fn the_table_is_as_long_as_c_says() {
    // 17 function pointers and `next`.
    assert_eq!(size_of::<Provider>(), 18 * size_of::<usize>());
    assert_eq!(NAME.to_str(), Ok(crate::PROVIDER));
}

#[test]
fn random_bytes_differ() {
    let (mut one, mut two) = ([0u8; 32], [0u8; 32]);
    // SAFETY: both are live buffers of 32 bytes.
    unsafe {
        assert_eq!(random(ptr::null_mut(), one.as_mut_ptr().cast(), 32), SQLITE_OK);
        assert_eq!(random(ptr::null_mut(), two.as_mut_ptr().cast(), 32), SQLITE_OK);
    }
    assert_ne!(one, two);
}
