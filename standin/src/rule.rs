//! The rule by which a consumer is allowed. It is ours: the vendor publishes none.

use crate::{date::Date, licenses::License, request::Consumer, version::Version};

/// What one license grants to one of the consumers it names.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// The place of the license among the stand-in's.
    pub(crate) license: usize,
    /// The newest version covered, as it was written. Empty: every version is.
    pub(crate) covers: String,
    /// The same; `None` where every version is covered.
    pub(crate) newest: Option<Version>,
}

/// What a license says to a consumer that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    Current,
    BuiltInTime,
    Off,
    TooNew,
    OtherSchema,
    NotBegun,
    Ended,
}

impl Ruling {
    pub(crate) fn new(grant: &Grant, license: &License, consumer: &Consumer<'_>, today: Date) -> Self {
        // A build time that is no date cannot show that the build is old enough.
        let built_in_time =
            || consumer.consumer_build_timestamp.parse::<Date>().is_ok_and(|built| built <= license.valid_to);

        if license.off {
            Self::Off
        } else if grant.newest.as_ref().is_some_and(|newest| *newest < Version::new(&consumer.consumer_version)) {
            Self::TooNew
        } else if license.opensource != is_opensource(&consumer.consumer_installation_schema) {
            Self::OtherSchema
        } else if (license.valid_from..=license.valid_to).contains(&today) {
            Self::Current
        } else if license.perpetual && built_in_time() {
            Self::BuiltInTime
        } else if today < license.valid_from {
            Self::NotBegun
        } else {
            Self::Ended
        }
    }

    /// Whether the consumer may be installed.
    pub(crate) fn allows(self) -> bool {
        matches!(self, Self::Current | Self::BuiltInTime)
    }

    /// The ruling as a sentence.
    pub(crate) fn reason(self, grant: &Grant, license: &License, consumer: &Consumer<'_>) -> String {
        let License { name, valid_from, valid_to, .. } = license;
        let built = &consumer.consumer_build_timestamp;
        match self {
            Self::Current => format!("{name} is valid until {valid_to}"),
            Self::BuiltInTime => {
                format!("{name} is perpetual: it covers builds up to {valid_to}, this one is of {built}")
            }
            Self::Off => format!("{name} is switched off"),
            Self::TooNew => format!("{name} covers versions up to {}", grant.covers),
            Self::OtherSchema if license.opensource => format!("{name} is for open source alone"),
            Self::OtherSchema => format!("{name} is not for open source"),
            Self::NotBegun => format!("{name} begins on {valid_from}"),
            Self::Ended if !license.perpetual => format!("{name} ended on {valid_to}"),
            Self::Ended if built.is_empty() => {
                format!("{name} ended on {valid_to}, and the consumer has no build timestamp")
            }
            Self::Ended => format!("{name} ended on {valid_to}, and the build is of {built}"),
        }
    }
}

/// Real licenses capitalize their values freely ("Full Commercial").
pub(crate) fn is_opensource(schema: &str) -> bool {
    schema.eq_ignore_ascii_case("opensource")
}
