//! Whether a kill switch is on: the one look at the disk that the policy needs.

use super::policy::Policy;

/// Whether some kill switch file of the policy exists. One that cannot be looked for counts as
/// being there.
pub fn is_on(policy: &Policy) -> bool {
    policy
        .kill_switch_files()
        .any(|file| file.try_exists().unwrap_or(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::policy::Settings;

    #[test]
    fn the_file_is_the_switch() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stop");
        let settings = Settings {
            kill_switch_file: Some(file.to_str().unwrap().to_owned()),
            ..Settings::default()
        };
        let policy = Policy::read(&settings, &[]).unwrap();
        assert!(!is_on(&policy));
        std::fs::write(&file, "").unwrap();
        assert!(is_on(&policy));
        std::fs::remove_file(&file).unwrap();
        assert!(!is_on(&policy));
        assert!(!is_on(&Policy::default()));
    }
}
