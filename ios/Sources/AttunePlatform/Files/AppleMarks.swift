import Foundation

/// The marks of iOS.
struct AppleMarks: Container.Marks {
  func leaveOutOfBackups(_ folder: URL) throws {
    var folder = folder
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    try folder.setResourceValues(values)
  }

  func protect(_ file: URL) throws {
    let protection: [FileAttributeKey: Any] = [
      .protectionKey: FileProtectionType.completeUntilFirstUserAuthentication
    ]
    try FileManager.default.setAttributes(protection, ofItemAtPath: file.path)
  }
}
