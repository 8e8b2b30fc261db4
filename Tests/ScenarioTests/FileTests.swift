import FoundationEssentials
import LabModel
import Testing

@testable import Scenario

/// A folder that is gone when the test is over.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.path + "/netlab-scenario-\(UUID().uuidString)"
        for (name, text) in files {
            let folder = FilePath.folder(of: path + "/" + name)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

struct NameCase: CustomTestStringConvertible {
    let name: String
    /// The file found, in the folder.
    let found: String?
    var testDescription: String { "\(name) -> \(found ?? "nothing")" }

    init(_ name: String, _ found: String?) {
        self.name = name
        self.found = found
    }
}

@Suite("Files")
struct FileTests {
    static let files = [
        "Shelf/10mbit.yaml": "name: shipped", "Shelf/Lossy.yaml": "name: lossy", "Shelf/notes.md": "no",
        "Own/Net.yml": "name: own", "Own/10mbit.yaml": "name: mine", "Own/plain": "name: plain",
    ]

    static let names = [
        NameCase("FOLDER/Own/Net.yml", "Own/Net.yml"), NameCase("FOLDER/Own/Net", "Own/Net.yml"),
        NameCase("FOLDER/own/net.YML", "Own/Net.yml"), NameCase("FOLDER/own/NET", "Own/Net.yml"),
        NameCase("FOLDER/Own/plain", "Own/plain"), NameCase("FOLDER/Own/./../Own/Net", "Own/Net.yml"),
        NameCase("FOLDER/Own/10mbit", "Own/10mbit.yaml"), NameCase("FOLDER/Own/missing", nil),
        NameCase("10mbit", "Shelf/10mbit.yaml"), NameCase("10MBIT.yaml", "Shelf/10mbit.yaml"),
        NameCase("lossy", "Shelf/Lossy.yaml"), NameCase("shelf/lossy.yaml", "Shelf/Lossy.yaml"),
        NameCase("notes.md", nil), NameCase("other/lossy", nil), NameCase("", nil), NameCase("..", nil),
        NameCase("/", nil), NameCase("a\0b", nil),
    ]

    @Test("are found by path, then by name, letter case ignored", arguments: names)
    func find(_ example: NameCase) throws {
        let folder = try TemporaryFolder(Self.files)
        let finder = ScenarioFinder(shipped: folder.path + "/Shelf")
        let name = example.name.split(separator: "FOLDER", omittingEmptySubsequences: false).joined(
            separator: folder.path)
        let found = finder.find(name).map(FilePath.real)
        #expect(found == example.found.map { FilePath.real(folder.path + "/" + $0) })
    }

    @Test("that are no scenarios are refused with the reason")
    func unreadable() throws {
        let folder = try TemporaryFolder(Self.files)
        let loader = ScenarioLoader(shippedFolder: folder.path + "/Shelf")
        func reason(_ name: String) -> String {
            do {
                _ = try loader.load(name)
                return ""
            } catch { return described(error) }
        }
        #expect(reason("lossi") == "no scenario lossi, nearest Lossy")
        #expect(reason("something-else") == "no scenario something-else, nearest nothing")
        #expect(reason(folder.path) == "cannot read \(folder.path): is a folder")
        #expect(reason("/dev/zero") == "no scenario /dev/zero, nearest nothing")
        #expect(loader.shippedNames == ["10mbit", "Lossy"])
    }

    @Test("lay one scenario over another")
    func extends() throws {
        let folder = try TemporaryFolder([
            "base.yaml":
                "name: base\nseed: 3\nlink: {downlink: {rate: 1mbit, delay: 5ms}}\nexpect: [player.late < 1]\n",
            "media/clip.mp4": "not looked at", "media/inner.yaml": "pipeline: {media: {file: clip.mp4}}\n",
            "child.yaml": "extends: BASE\nname: child\nlink: {downlink: {delay: 9ms}}\nexpect: []\n",
            "filed.yaml": "extends: media/inner.yaml\n",
            "again.yaml": "extends: filed\npipeline: {media: {audio: none}}\n",
        ])
        let loader = ScenarioLoader(shippedFolder: nil)
        let child = try #require(try loader.load(folder.path + "/child.yaml").plans.first)
        #expect(child.name == "child")
        #expect(child.slug == "child")
        #expect(child.seed == 3)
        #expect(child.impairment(of: .downlink).rate == Rate(bitsPerSecond: 1_000_000))
        #expect(child.impairment(of: .downlink).delay == .milliseconds(9))
        #expect(child.expectations.isEmpty)
        let filed = try #require(try loader.load(folder.path + "/filed.yaml").plans.first)
        #expect(filed.pipeline.media == .file(path: folder.path + "/media/clip.mp4"))
        let again = try #require(try loader.load(folder.path + "/again.yaml").plans.first)
        #expect(again.pipeline.media == .generated(video: VideoPlan(), audio: nil))
    }

    @Test("that extend each other in a circle are refused")
    func circle() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "extends: b\n", "b.yaml": "extends: A.yaml\n", "c.yaml": "extends: nil\n",
        ])
        let loader = ScenarioLoader(shippedFolder: nil)
        func mistakes(_ name: String) -> String {
            do {
                _ = try loader.load("\(folder.path)/\(name)")
                return ""
            } catch { return described(error).split(separator: folder.path + "/").joined() }
        }
        #expect(
            mistakes("a.yaml") == """
                b.yaml:1:10: error: 'A.yaml' extends itself
                    extends: A.yaml
                             ^
                hint: a scenario can only extend another one
                """)
        #expect(
            mistakes("c.yaml") == """
                c.yaml:1:10: error: there is no scenario 'nil' to extend
                    extends: nil
                             ^
                """)
    }
}
