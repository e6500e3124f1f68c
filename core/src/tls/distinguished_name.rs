//! Reads distinguished names, for messages. In a certificate they say whose it is and who issued it (X.501, in DER).

/// The common name, organizational unit and organization in a name, such as `Example Root CA, Certificates, Example
/// Ltd`; None if it has none of them. `name` is the content of the name's outer SEQUENCE, as webpki gives it.
pub(super) fn readable(name: &[u8]) -> Option<String> {
    const COMMON_NAME: &[u8] = &[0x55, 4, 3];
    const ORGANIZATION: &[u8] = &[0x55, 4, 10];
    const UNIT: &[u8] = &[0x55, 4, 11];
    let mut parts = Vec::new();
    for wanted in [COMMON_NAME, UNIT, ORGANIZATION] {
        parts.extend(attribute(name, wanted).filter(|part| !part.is_empty()));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The text of the first attribute of the type `wanted`. A name is a sequence of sets of pairs of a type and a value.
fn attribute(name: &[u8], wanted: &[u8]) -> Option<String> {
    DerElements(name).flat_map(|(_, set)| DerElements(set)).find_map(|(_, pair)| {
        let mut pair = DerElements(pair);
        let (_, kind) = pair.next()?;
        let (tag, value) = pair.next()?;
        (kind == wanted).then(|| text(tag, value))
    })
}

/// The text of a DER string, whose type is `tag`.
fn text(tag: u8, value: &[u8]) -> String {
    const UTF8_STRING: u8 = 0x0c;
    const PRINTABLE_STRING: u8 = 0x13;
    const IA5_STRING: u8 = 0x16;
    const BMP_STRING: u8 = 0x1e;
    match tag {
        UTF8_STRING | PRINTABLE_STRING | IA5_STRING => String::from_utf8_lossy(value).into_owned(),
        BMP_STRING => {
            let units: Vec<u16> = value.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        // TeletexString and other old types. By the standard they have encodings of their own, but programs write
        // Latin-1.
        _ => value.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// Iterates over the elements in DER content, each a tag and its content. Ends at the first element that is malformed,
/// or longer than 64 KiB.
struct DerElements<'d>(&'d [u8]);

impl<'d> Iterator for DerElements<'d> {
    type Item = (u8, &'d [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        // Short lengths are one byte; for longer ones the first byte says how many bytes of length follow.
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81 => {
                let (&length, rest) = rest.split_first()?;
                (usize::from(length), rest)
            }
            0x82 => (usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])), rest.get(2..)?),
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }
}
