import Testing

@testable import Engine

@Suite struct AptSourceTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let text: String
        let sources: [AptSource]
    }

    @Test(arguments: [
        Case(
            testDescription: "one line", file: "sources.list",
            text: "deb http://mirror.example/debian bookworm main contrib\n",
            sources: [
                AptSource(
                    addresses: ["http://mirror.example/debian"], suites: ["bookworm"], components: ["main", "contrib"])
            ]),
        Case(
            testDescription: "options, comments and sources", file: "x.list",
            text: """
                # deb http://old.example/debian bookworm main
                deb-src http://mirror.example/debian bookworm main
                deb [arch=amd64 signed-by=/k/one.gpg,/k/two.gpg] http://mirror.example/debian bookworm main # mine
                """,
            sources: [
                AptSource(
                    addresses: ["http://mirror.example/debian"], suites: ["bookworm"], components: ["main"],
                    trust: ["Signed-By": "/k/one.gpg /k/two.gpg"])
            ]),
        Case(
            testDescription: "stanzas", file: "debian.sources",
            text: """
                Types: deb
                # a comment
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/k.gpg

                Types: deb
                Enabled: no
                URIs: http://off.example/debian
                Suites: bookworm
                Components: main


                Types: deb deb-src
                URIs: http://security.example/debian
                Suites: bookworm-security
                Components: main
                """,
            sources: [
                AptSource(
                    addresses: ["http://mirror.example/debian"], suites: ["bookworm", "bookworm-updates"],
                    components: ["main"], trust: ["Signed-By": "/usr/share/keyrings/k.gpg"]),
                AptSource(
                    addresses: ["http://security.example/debian"], suites: ["bookworm-security"], components: ["main"]),
            ]),
        Case(
            testDescription: "a key in place", file: "x.sources",
            text:
                "Types: deb\nURIs: http://m.example/d\nSuites: s\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n",
            sources: [
                AptSource(
                    addresses: ["http://m.example/d"], suites: ["s"], components: ["main"],
                    trust: ["Signed-By": "\n -----BEGIN\n .\n abc"])
            ]),
        Case(testDescription: "no sources at all", file: "x.list", text: "deb\n\nnonsense [\n", sources: []),
    ])
    func `reads both formats`(_ test: Case) {
        #expect(AptSource.parse(test.text, fileName: test.file) == test.sources)
    }

    @Test func `a stanza reads back as it was`() {
        let source = AptSource(
            addresses: ["http://m.example/d"], suites: ["a", "b"], components: ["main"], trust: ["Signed-By": "/k.gpg"])
        #expect(AptSource.parse(source.stanza, fileName: "x.sources") == [source])
    }

    @Test func `takes the release's own mirror, and its key`() {
        let sources = [
            AptSource(addresses: ["http://other.example"], suites: ["nodistro"], components: ["main"]),
            AptSource(addresses: ["http://s.example"], suites: ["bookworm-security"], components: ["main"]),
            AptSource(
                addresses: ["http://m.example"], suites: ["bookworm-updates", "bookworm"], components: ["main"],
                trust: ["Signed-By": "/k.gpg"]),
        ]
        let newer = AptArchive.newer(than: "bookworm", among: sources)
        #expect(newer?.addresses == ["http://m.example"])
        #expect(newer?.trust == ["Signed-By": "/k.gpg"])
        #expect(AptArchive.newer(than: "noble", among: sources) == nil)
        #expect(AptArchive.codename(osRelease: "ID=debian\nVERSION_CODENAME=\"bookworm\"\n") == "bookworm")
        #expect(AptArchive.codename(osRelease: "ID=other\n") == nil)
    }

    @Test func `the newest package that will do`() {
        let table = [
            "linux-source-6.1 | 6.1.170-1 | http://m.example unstable/main amd64 Packages",
            "linux-source-7.2 | 7.2.13-1 | http://m.example unstable/main amd64 Packages",
            "linux-source-7.3 | 7.3.4-1~bpo13+1 | http://m.example stable-backports/main amd64 Packages",
        ]
        #expect(KernelFetch.newest(in: table) == .init(name: "linux-source-7.3", version: "7.3.4-1~bpo13+1"))
        #expect(KernelFetch.newest(in: Array(table.prefix(1))) == nil)
    }
}
