//! The table of functions that SQLCipher calls, and the checks between C and safe Rust.
//!
//! Layout and contract: `struct sqlcipher_provider` and its OpenSSL implementation in SQLCipher
//! 4.19.0. Every function answers an error instead of panicking, and a panic that happened anyway
//! is caught before it reaches C.

#![expect(unsafe_code, reason = "called by C: raw pointers come in and go out")]

use std::ffi::{CStr, c_char, c_int, c_uchar, c_void};
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{ptr, slice};

use ring::rand::{SecureRandom, SystemRandom};

use crate::primitives::{BLOCK_LEN, Direction, Hash, KEY_LEN, Unfit, aes_256_cbc, hmac, pbkdf2};

const SQLITE_OK: c_int = 0;
const SQLITE_ERROR: c_int = 1;
const NAME: &CStr = c"attune";
const VERSION: &CStr = c"1";
/// SQLCipher's own name for the cipher, as OpenSSL's provider answers it.
const CIPHER: &CStr = c"AES-256-CBC";
/// Neither the longest page (65,536 bytes) nor anything else SQLCipher passes comes near it.
const LONGEST: usize = 1 << 24;

/// `struct sqlcipher_provider`, field by field.
#[repr(C)]
pub(crate) struct Provider {
    init: Option<unsafe extern "C" fn() -> c_int>,
    shutdown: Option<unsafe extern "C" fn()>,
    get_provider_name: Text,
    add_random: unsafe extern "C" fn(*mut c_void, *const c_void, c_int) -> c_int,
    random: unsafe extern "C" fn(*mut c_void, *mut c_void, c_int) -> c_int,
    hmac: Hmac,
    kdf: Kdf,
    cipher: Cipher,
    get_cipher: Text,
    get_key_sz: Size,
    get_iv_sz: Size,
    get_block_sz: Size,
    get_hmac_sz: unsafe extern "C" fn(*mut c_void, c_int) -> c_int,
    ctx_init: unsafe extern "C" fn(*mut *mut c_void) -> c_int,
    ctx_free: unsafe extern "C" fn(*mut *mut c_void) -> c_int,
    fips_status: Size,
    get_provider_version: Text,
    next: *mut Provider,
}

type Text = unsafe extern "C" fn(*mut c_void) -> *const c_char;
type Size = unsafe extern "C" fn(*mut c_void) -> c_int;
/// (context, algorithm, key, its length, input, its length, second input or null, its length, out)
type Hmac = unsafe extern "C" fn(
    *mut c_void,
    c_int,
    *const c_uchar,
    c_int,
    *const c_uchar,
    c_int,
    *const c_uchar,
    c_int,
    *mut c_uchar,
) -> c_int;
/// (context, algorithm, secret, its length, salt, its length, rounds, length of out, out)
type Kdf = unsafe extern "C" fn(
    *mut c_void,
    c_int,
    *const c_uchar,
    c_int,
    *const c_uchar,
    c_int,
    c_int,
    c_int,
    *mut c_uchar,
) -> c_int;
/// (context, 1 to encrypt or 0 to decrypt, key, its length, iv, input, its length, out)
type Cipher = unsafe extern "C" fn(
    *mut c_void,
    c_int,
    *const c_uchar,
    c_int,
    *const c_uchar,
    *const c_uchar,
    c_int,
    *mut c_uchar,
) -> c_int;

/// Fills SQLCipher's table; the name is given to its build by `SQLCIPHER_CRYPTO_CUSTOM`.
///
/// # Safety
/// `table` is null or points to writable memory of the size of `struct sqlcipher_provider`.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn attune_sqlcipher_setup(table: *mut Provider) -> c_int {
    if table.is_null() || !table.is_aligned() {
        return SQLITE_ERROR;
    }
    let provider = Provider {
        init: None,
        shutdown: None,
        get_provider_name,
        add_random,
        random,
        hmac: page_hmac,
        kdf: derive_key,
        cipher: page_cipher,
        get_cipher,
        get_key_sz,
        get_iv_sz: get_block_sz,
        get_block_sz,
        get_hmac_sz,
        ctx_init,
        ctx_free: ctx_init,
        fips_status,
        get_provider_version,
        next: ptr::null_mut(),
    };
    // SAFETY: not null and aligned (checked); writable and large enough, as the caller promises.
    unsafe { ptr::write(table, provider) };
    SQLITE_OK
}

/// SQLite's code for a result; a panic becomes an error here, before it can reach C.
fn answer(run: impl FnOnce() -> Result<(), Unfit>) -> c_int {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(())) => SQLITE_OK,
        Ok(Err(Unfit)) | Err(_) => SQLITE_ERROR,
    }
}

/// A length from C: not negative, not absurd.
fn length(given: c_int) -> Result<usize, Unfit> {
    usize::try_from(given).ok().filter(|length| *length <= LONGEST).ok_or(Unfit)
}

/// The bytes C points to; none for a length of zero, whatever the pointer.
///
/// # Safety
/// Unless null, `from` is readable for `len` bytes, and nothing writes there while the slice lives.
unsafe fn bytes<'a>(from: *const c_uchar, len: c_int) -> Result<&'a [u8], Unfit> {
    match length(len)? {
        0 => Ok(&[]),
        _ if from.is_null() => Err(Unfit),
        // SAFETY: not null and the length is in range (checked); the rest is the caller's promise.
        len => Ok(unsafe { slice::from_raw_parts(from, len) }),
    }
}

/// The room C points to; none for a length of zero, whatever the pointer.
///
/// # Safety
/// Unless null, `to` is initialised and writable for `len` bytes, and nothing else reads or writes there
/// while the slice lives.
unsafe fn room<'a>(to: *mut c_uchar, len: usize) -> Result<&'a mut [u8], Unfit> {
    match len {
        0 => Ok(&mut []),
        _ if to.is_null() => Err(Unfit),
        // SAFETY: not null (checked), in range (by `length`); the rest is the caller's promise.
        len => Ok(unsafe { slice::from_raw_parts_mut(to, len) }),
    }
}

unsafe extern "C" fn random(_: *mut c_void, out: *mut c_void, len: c_int) -> c_int {
    answer(|| {
        // SAFETY: SQLCipher passes a buffer of its own of that length.
        let out = unsafe { room(out.cast(), length(len)?) }?;
        SystemRandom::new().fill(out).map_err(|_| Unfit)
    })
}

/// The system's generator takes no advice; nothing is to be done.
unsafe extern "C" fn add_random(_: *mut c_void, _: *const c_void, _: c_int) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn page_hmac(
    _: *mut c_void,
    algorithm: c_int,
    key: *const c_uchar,
    key_len: c_int,
    first: *const c_uchar,
    first_len: c_int,
    second: *const c_uchar,
    second_len: c_int,
    out: *mut c_uchar,
) -> c_int {
    answer(|| {
        let hash = Hash::of_number(algorithm).ok_or(Unfit)?;
        if first.is_null() || out.is_null() {
            return Err(Unfit);
        }
        let second_len = if second.is_null() { 0 } else { second_len };
        // SAFETY: three inputs of the lengths given beside them, unchanged until this returns.
        let (key, parts) = unsafe {
            (bytes(key, key_len)?, [bytes(first, first_len)?, bytes(second, second_len)?])
        };
        let tag = hmac(hash, key, parts);
        let tag = tag.as_ref();
        // SAFETY: `out` holds `get_hmac_sz(algorithm)` bytes, the tag's length; the inputs are no longer read,
        // and the tag is ours, so that nothing overlaps.
        unsafe { ptr::copy_nonoverlapping(tag.as_ptr(), out, tag.len()) };
        Ok(())
    })
}

unsafe extern "C" fn derive_key(
    _: *mut c_void,
    algorithm: c_int,
    secret: *const c_uchar,
    secret_len: c_int,
    salt: *const c_uchar,
    salt_len: c_int,
    rounds: c_int,
    out_len: c_int,
    out: *mut c_uchar,
) -> c_int {
    answer(|| {
        let hash = Hash::of_number(algorithm).ok_or(Unfit)?;
        let rounds = u32::try_from(rounds).ok().and_then(NonZeroU32::new).ok_or(Unfit)?;
        // SAFETY: two inputs of the lengths given beside them, and room for `out_len` bytes apart from both
        // (the key and the HMAC key are separate arrays of the codec's context).
        let (secret, salt, out) = unsafe {
            (bytes(secret, secret_len)?, bytes(salt, salt_len)?, room(out, length(out_len)?)?)
        };
        pbkdf2(hash, rounds, secret, salt, out);
        Ok(())
    })
}

unsafe extern "C" fn page_cipher(
    _: *mut c_void,
    mode: c_int,
    key: *const c_uchar,
    key_len: c_int,
    iv: *const c_uchar,
    input: *const c_uchar,
    len: c_int,
    out: *mut c_uchar,
) -> c_int {
    answer(|| {
        let direction = match mode {
            0 => Direction::Decrypt,
            1 => Direction::Encrypt,
            _ => return Err(Unfit),
        };
        let len = length(len)?;
        if iv.is_null() || input.is_null() || out.is_null() || length(key_len)? != KEY_LEN {
            return Err(Unfit);
        }
        // SAFETY: the key has the length given, and the codec does not touch it until this returns.
        let key = unsafe { bytes(key, key_len) }?;
        // SAFETY: not null; an IV is `get_iv_sz` bytes. It is copied because it lies right behind `out`.
        let iv = unsafe { ptr::read(iv.cast::<[u8; BLOCK_LEN]>()) };
        // SAFETY: both hold `len` bytes; `copy` allows input and output to be the same buffer or to overlap.
        unsafe { ptr::copy(input, out, len) };
        // SAFETY: not null, just written, and only used through this slice until this returns.
        let data = unsafe { room(out, len) }?;
        aes_256_cbc(direction, key, &iv, data)
    })
}

unsafe extern "C" fn get_provider_name(_: *mut c_void) -> *const c_char {
    NAME.as_ptr()
}

unsafe extern "C" fn get_provider_version(_: *mut c_void) -> *const c_char {
    VERSION.as_ptr()
}

unsafe extern "C" fn get_cipher(_: *mut c_void) -> *const c_char {
    CIPHER.as_ptr()
}

unsafe extern "C" fn get_key_sz(_: *mut c_void) -> c_int {
    KEY_LEN as c_int
}

unsafe extern "C" fn get_block_sz(_: *mut c_void) -> c_int {
    BLOCK_LEN as c_int
}

unsafe extern "C" fn get_hmac_sz(_: *mut c_void, algorithm: c_int) -> c_int {
    Hash::of_number(algorithm).map_or(0, |hash| hash.len() as c_int)
}

/// There is no state between calls; SQLCipher keeps its null and passes it back.
unsafe extern "C" fn ctx_init(_: *mut *mut c_void) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn fips_status(_: *mut c_void) -> c_int {
    0
}

#[cfg(test)]
mod tests;
