//! Addresses of pods.

use std::collections::BTreeSet;

/// Addresses in 10.64.0.0/16: a new one as long as there is one, then those that were given back.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    last: u16,
    free: BTreeSet<u16>,
}

impl Addresses {
    /// An address that nobody has, if there is one.
    pub(super) fn take(&mut self) -> Option<String> {
        let next = loop {
            let Some(next) = self.last.checked_add(1) else {
                break self.free.pop_first()?;
            };
            self.last = next;
            // .0 and .255 look like networks and broadcasts.
            if !matches!(next & 0xff, 0 | 0xff) {
                break next;
            }
        };
        Some(format!("10.64.{}.{}", next >> 8, next & 0xff))
    }

    /// Gives an address back.
    pub(super) fn give_back(&mut self, address: &str) {
        let mut parts = address.rsplit('.').map(str::parse::<u16>);
        if let (Some(Ok(low)), Some(Ok(high))) = (parts.next(), parts.next()) {
            self.free.insert(high << 8 | low);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_back_only_when_all_were_used() {
        let mut addresses = Addresses::default();
        assert_eq!(addresses.take().as_deref(), Some("10.64.0.1"));
        addresses.give_back("10.64.0.1");
        assert_eq!(addresses.take().as_deref(), Some("10.64.0.2"));
        let rest = std::iter::from_fn(|| addresses.take()).count();
        // 254 in each of 256 networks, one of them twice.
        assert_eq!(rest, 256 * 254 - 2 + 1);
    }
}
