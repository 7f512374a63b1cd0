//! Until when the certificate counts, and for which name.

use std::time::Duration;

use attune_wire::canonical_origin;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage};

use super::Findings;
use crate::config::Config;
use crate::tls::Tls;

const ABOUT: &str = "tls";

/// A restart takes up a new certificate always. SIGHUP does not under the unit in `relay/deploy`, where
/// systemd copied the files at start.
const RENEW: &str = "renew it, then restart the relay (or SIGHUP, if it reads the files itself)";

/// The key was found to be private and to fit when the two were opened.
pub(super) fn look(config: &Config, tls: &Tls, found: &mut Findings) {
    let chain = tls.chain();
    let Some((first, (from, until))) = chain.first().and_then(|own| Some((own, validity(own)?)))
    else {
        return found.bad(ABOUT, "the certificate cannot be read: it must be X.509, version 3");
    };
    let now = config.clock.unix().as_secs();
    let days = until.saturating_sub(now) / 86_400;
    if now > until {
        found.bad(ABOUT, format!("the certificate has expired: {RENEW}"));
    } else if now < from {
        found.bad(ABOUT, "the certificate does not count yet: look at the clock");
    } else if days < 14 {
        found.look(ABOUT, format!("the certificate counts for {days} more days: {RENEW}"));
    } else {
        found.ok(ABOUT, format!("the certificate counts for {days} more days; its key is private"));
    }
    if let Some(host) = config.origin.as_deref().and_then(host)
        && !is_for(first, &host)
    {
        found.bad(ABOUT, "the certificate is not for the name in --origin");
    }
}

/// Seconds since 1970-01-01: from when, until when. webpki does not hand the two out, but says them
/// when it is asked about a time outside.
fn validity(certificate: &CertificateDer<'_>) -> Option<(u64, u64)> {
    let certificate = EndEntityCert::try_from(certificate).ok()?;
    let at = |seconds| {
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        certificate.verify_for_usage(&[], &[], &[], time, KeyUsage::server_auth(), None, None).err()
    };
    let from = match at(0) {
        Some(Error::CertNotValidYet { not_before, .. }) => not_before.as_secs(),
        _ => 0,
    };
    match at(u64::MAX) {
        Some(Error::CertExpired { not_after, .. }) => Some((from, not_after.as_secs())),
        _ => None,
    }
}

fn host(origin: &str) -> Option<String> {
    let origin = canonical_origin(origin).ok()?;
    let (_, authority) = origin.split_once("://")?;
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next()?,
        None => authority.split(':').next()?,
    };
    Some(host.to_owned())
}

fn is_for(certificate: &CertificateDer<'_>, host: &str) -> bool {
    let name = ServerName::try_from(host);
    let certificate = EndEntityCert::try_from(certificate);
    matches!((certificate, name), (Ok(certificate), Ok(name))
        if certificate.verify_is_valid_for_subject_name(&name).is_ok())
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    #[test]
    fn dates_and_names() {
        let names = ["relay.example".to_owned(), "192.0.2.7".to_owned()];
        let mut parameters = CertificateParams::new(names).unwrap();
        parameters.not_before = date_time_ymd(2026, 3, 1);
        parameters.not_after = date_time_ymd(2100, 3, 1);
        let certificate = parameters.self_signed(&KeyPair::generate().unwrap()).unwrap();
        // `date -u -d 2026-03-01 +%s`, `date -u -d 2100-03-01 +%s`
        assert_eq!(validity(certificate.der()), Some((1_772_323_200, 4_107_542_400)));
        for (origin, is) in [
            ("https://relay.example", true),
            ("https://RELAY.example:8443", true),
            ("https://192.0.2.7", true),
            ("https://192.0.2.8", false),
            ("https://relay.example.org", false),
            ("https://[2001:db8::1]:1", false),
        ] {
            assert_eq!(is_for(certificate.der(), &host(origin).unwrap()), is, "{origin}");
        }
        assert_eq!(validity(&CertificateDer::from(vec![0x30, 0])), None);
    }
}
