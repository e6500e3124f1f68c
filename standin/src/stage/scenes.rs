//! Ready scenes: what happens to installers in real life, as positions of several switches at once.

use serde::Serialize;

use crate::{
    date::Date,
    switches::{AS_STARTED, LicenseSwitch, Setting, Switches},
};

/// A scene, as the page and scripts know it.
#[derive(Debug, Serialize)]
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    title: &'static str,
    text: &'static str,
    /// `None`: those of the command line.
    #[serde(skip)]
    faults: Option<&'static [&'static str]>,
    #[serde(skip)]
    licenses: Change,
}

/// What a scene makes of the licenses in the file.
#[derive(Clone, Copy, Debug)]
enum Change {
    None,
    AllOff,
    /// Yesterday was the last day of those that have not ended yet.
    RanOut,
}

pub(crate) const SCENES: &[Scene] = &[
    Scene {
        name: AS_STARTED,
        title: "As started",
        text: "The licenses of the file, the faults of the command line.",
        faults: None,
        licenses: Change::None,
    },
    Scene {
        name: "new-colleague",
        title: "First installation of a new colleague",
        text: "Signed in, but nobody has assigned a license yet: everything is denied.",
        faults: Some(&[]),
        licenses: Change::AllOff,
    },
    Scene {
        name: "ran-out-yesterday",
        title: "License ran out yesterday",
        text: "It was good until yesterday. A perpetual one still covers what was built before.",
        faults: Some(&[]),
        licenses: Change::RanOut,
    },
    Scene {
        name: "expired-overnight",
        title: "Token expired overnight",
        text: "The account's token is refused until the user signs in again.",
        faults: Some(&["expired-token"]),
        licenses: Change::None,
    },
    Scene {
        name: "login-page",
        title: "Behind a login page",
        text: "A hotel's or a guest network's page answers, with status 200.",
        faults: Some(&["delay=500ms", "html"]),
        licenses: Change::None,
    },
    Scene {
        name: "busy-monday",
        title: "Busy Monday morning",
        text: "Slow; twice too many requests, then all is well.",
        faults: Some(&["delay=2s", "2*status=429"]),
        licenses: Change::None,
    },
    Scene {
        name: "maintenance",
        title: "Server under maintenance",
        text: "The gateway in front of it answers 503 with a page of its own.",
        faults: Some(&["status=503"]),
        licenses: Change::None,
    },
    Scene {
        name: "shaky-line",
        title: "Shaky line",
        text: "Slow; the connection breaks once, then all is well.",
        faults: Some(&["delay=1s", "1*broken"]),
        licenses: Change::None,
    },
    Scene {
        name: "silent-firewall",
        title: "Silent firewall",
        text: "Nobody ever answers, until the installer gives up.",
        faults: Some(&["silence"]),
        licenses: Change::None,
    },
];

impl Scene {
    /// The switches' position on the day `today`.
    pub(crate) fn setting(&self, switches: &Switches, today: Date) -> Setting {
        let faults = match self.faults {
            None => switches.faults_at_start().to_vec(),
            Some(faults) => faults.iter().map(|fault| fault.parse().expect("a test sets every scene")).collect(),
        };
        let last = today.yesterday();
        let licenses = switches.licenses_at_start().all().iter().enumerate();
        let licenses = licenses.filter_map(|(license, file)| match self.licenses {
            Change::None => None,
            Change::AllOff => Some(LicenseSwitch { license, on: false, valid_from: None, valid_to: None }),
            // One that would begin later has had its only day.
            Change::RanOut => (file.valid_to > last).then(|| LicenseSwitch {
                license,
                on: true,
                valid_from: Some(file.valid_from.min(last)),
                valid_to: Some(last),
            }),
        });
        Setting { faults, licenses: licenses.collect() }
    }
}
