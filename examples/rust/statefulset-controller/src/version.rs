//! Which version of Kubernetes is followed.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use kube::Client;
use statefulset::{UnknownVersion, Version};
use tokio::time::sleep;
use tracing::{info, warn};

/// Between two questions to an API server that does not answer.
const PAUSE: Duration = Duration::from_secs(2);

/// The version that the API server has, as far as its decisions are known. It is asked until it answers.
///
/// # Errors
///
/// It has one whose decisions are not known.
pub async fn of_server(client: &Client) -> Result<Version, NotKnown> {
    let said = loop {
        match client.apiserver_version().await {
            Ok(info) => break info.git_version,
            Err(error) => warn!(%error, "the API server does not say its version"),
        }
        sleep(PAUSE).await;
    };
    let version = known(&said)?;
    if said.parse::<Version>().is_ok() {
        info!(%version, server = said, "decides as the version of the API server");
    } else {
        warn!(%version, server = said, "decides as the latest version that is known: the API server is newer");
    }
    Ok(version)
}

/// The version to follow where the API server says this. Newer ones are taken for the latest. Older ones did otherwise in ways
/// that nobody has looked at.
///
/// # Errors
///
/// It is older than those whose decisions are known, or no version at all.
pub fn known(said: &str) -> Result<Version, NotKnown> {
    said.parse().or_else(|why| {
        if minor(said) > minor(Version::LATEST.name()) {
            return Ok(Version::LATEST);
        }
        Err(NotKnown {
            said: said.into(),
            why,
        })
    })
}

/// Major and minor number of `v1.39.2-eks-113cf36`.
fn minor(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .strip_prefix('v')
        .unwrap_or(text)
        .split(['.', '-', '+']);
    let mut next = || numbers.next()?.parse().ok();
    Some((next()?, next()?))
}

/// The API server has a version whose decisions are not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotKnown {
    said: String,
    why: UnknownVersion,
}

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the API server is {:?}, and --kubernetes says nothing else: {}",
            self.said, self.why
        )
    }
}

impl Error for NotKnown {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_api_server() {
        for (said, version) in [
            ("v1.33.4-gke.100", Version::V1_33),
            ("v1.34.1+k3s1", Version::V1_34_0),
            ("v1.35.3", Version::V1_35_0),
            ("v1.37.0", Version::V1_37),
            ("v1.38.0-beta.0", Version::V1_38),
            ("v1.39.2-eks-113cf36", Version::LATEST),
            ("v2.0.0", Version::LATEST),
        ] {
            assert_eq!(known(said), Ok(version), "{said}");
        }
    }

    #[test]
    fn one_that_is_not_known_names_those_that_are() {
        for said in ["v1.27.16", "v0.9.0", "devel", ""] {
            let error = known(said).expect_err(said).to_string();
            let names = "expected a version of Kubernetes from 1.28 to 1.38";
            assert!(error.contains(names), "{error}");
            assert!(error.contains("--kubernetes"), "{error}");
        }
    }
}
