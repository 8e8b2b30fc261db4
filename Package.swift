// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// A Swift module of the package; `Scripts/check-imports` holds the sources to these edges.
func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one module, in a target of their own.
func tests(of name: String, with others: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + others,
        resources: [], swiftSettings: strict)
}

/// A C library from the distribution, behind a module map of our own.
func library(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

#if arch(arm64)
    let machine = "aarch64-linux-gnu"
#else
    let machine = "x86_64-linux-gnu"
#endif

/// Where Debian keeps GStreamer's headers. pkg-config would tell, but among its flags is one (`-pthread`) that the
/// package manager refuses, with a warning at each build.
let gstreamer: [SwiftSetting] = [
    .unsafeFlags(
        ["gstreamer-1.0", "glib-2.0"].flatMap { ["-Xcc", "-I/usr/include/\($0)"] }
            + ["-Xcc", "-I/usr/lib/\(machine)/glib-2.0/include"])
]

let package = Package(
    name: "netlab",
    products: [
        .executable(name: "netlab", targets: ["netlab"]),
        .executable(name: "netlab-media", targets: ["netlab-media"]),
        .executable(name: "netlab-rtsp", targets: ["netlab-rtsp"]),
    ],
    targets: [
        .target(name: "CLinux"),
        library("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
        library("CNetlink", pkgConfig: "libnl-3.0", package: "libnl-3-dev"),
        library("CMicroHTTPD", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
        library("CPcap", pkgConfig: "libpcap", package: "libpcap-dev"),
        library(
            "CAV", pkgConfig: "libavformat libavcodec libavfilter libavutil", package: "libavfilter-dev"),
        .systemLibrary(name: "CGstRTSPServer", providers: [.apt(["libgstrtspserver-1.0-dev"])]),
        library("CWebSockets", pkgConfig: "libwebsockets", package: "libwebsockets-dev"),
        library("CSRT", pkgConfig: "srt", package: "libsrt-gnutls-dev"),
        library("CExpat", pkgConfig: "expat", package: "libexpat1-dev"),
        library("CCurl", pkgConfig: "libcurl", package: "libcurl4-gnutls-dev"),
        library("CRIST", pkgConfig: "librist", package: "librist-dev"),

        module("LabModel"),
        module("LinuxKit", uses: ["CLinux"]),
        module("RunStore", uses: ["LinuxKit", "LabModel"]),
        module("YAML", uses: ["CYAML"]),
        module("XML", uses: ["CExpat"]),
        module("AdaptiveStreaming", uses: ["XML", "LabModel"]),
        module("HTTPClient", uses: ["AdaptiveStreaming", "CCurl", "LinuxKit", "LabModel"]),
        module("Scenario", uses: ["YAML", "Spelling", "LabModel"]),
        module("Netlink", uses: ["CNetlink", "LinuxKit", "LabModel"]),
        module("Lab", uses: ["Netlink", "LinuxKit", "LabModel"]),
        module("RealInterface", uses: ["Lab", "Netlink", "LinuxKit", "LabModel"]),
        module("Engine", uses: ["LinuxKit", "LabModel"]),
        module("Capture", uses: ["CPcap", "LinuxKit", "LabModel"]),
        .target(
            name: "RTSPServer", dependencies: ["CGstRTSPServer", "LinuxKit", "LabModel"],
            swiftSettings: strict + gstreamer),
        module("WebSockets", uses: ["CWebSockets", "LinuxKit"]),
        module("SRT", uses: ["CSRT", "LinuxKit", "LabModel"]),
        module("HTTPStream", uses: ["LabModel"]),
        module("Origin", uses: ["CMicroHTTPD", "HTTPStream", "RunStore", "LinuxKit", "LabModel"]),
        module("Media", uses: ["CAV", "AdaptiveStreaming", "HTTPStream", "RunStore", "LinuxKit", "LabModel"]),
        module("RIST", uses: ["CRIST", "LinuxKit", "LabModel"]),
        module("Probe", uses: ["LinuxKit", "LabModel"]),
        module("Pipeline", uses: ["Lab", "Capture", "Probe", "RunStore", "LinuxKit", "LabModel"]),
        module("Analysis", uses: ["LabModel"]),
        module("Report", uses: ["RunStore", "LinuxKit", "LabModel"]),
        module("Compare", uses: ["LabModel"]),
        module("Spelling"),
        module("CommandLineKit", uses: ["Spelling"]),

        .executableTarget(
            name: "netlab",
            dependencies: [
                "CommandLineKit", "Scenario", "Engine", "Lab", "RealInterface", "Pipeline", "Capture", "Analysis",
                "Report",
                "Compare", "RunStore", "LinuxKit", "LabModel",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "netlab-media",
            dependencies: [
                "AdaptiveStreaming", "HTTPClient", "Media", "Origin", "SRT", "RIST", "WebSockets", "RunStore",
                "LinuxKit", "LabModel",
            ],
            swiftSettings: strict,
            // `RandomDevice` takes the place of the C++ library's for libsrt.
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=_ZNSt13random_device9_M_getvalEv"])
            ]),
        .executableTarget(
            name: "netlab-rtsp", dependencies: ["RTSPServer", "Media", "RunStore", "LinuxKit", "LabModel"],
            swiftSettings: strict + gstreamer),

        tests(of: "Spelling"),
        tests(of: "CommandLineKit"),
        tests(of: "YAML"),
        tests(of: "XML"),
        tests(of: "AdaptiveStreaming", with: ["LabModel"]),
        tests(of: "HTTPClient", with: ["AdaptiveStreaming", "LinuxKit", "LabModel"]),
        tests(of: "Scenario", with: ["LabModel"]),
        tests(
            of: "netlab",
            with: ["CommandLineKit", "Engine", "RunStore", "LinuxKit", "LabModel"]),
        tests(of: "LabModel"),
        tests(of: "LinuxKit"),
        tests(of: "Engine", with: ["LinuxKit", "LabModel"]),
        tests(of: "Report", with: ["LabModel"]),
        tests(of: "Compare", with: ["LabModel"]),
        tests(of: "Netlink", with: ["LabModel"]),
        tests(of: "Lab", with: ["Netlink", "LinuxKit", "LabModel"]),
        .testTarget(
            name: "RealInterfaceTests", dependencies: ["LinuxKit"], resources: [], swiftSettings: strict),
        tests(of: "Capture", with: ["Lab", "LinuxKit", "LabModel"]),
        tests(of: "Analysis", with: ["Capture", "LinuxKit", "LabModel"]),
        tests(of: "Probe", with: ["Lab", "LinuxKit", "LabModel"]),
        tests(of: "HTTPStream", with: ["LabModel"]),
        tests(
            of: "Media",
            with: ["AdaptiveStreaming", "HTTPClient", "HTTPStream", "Origin", "RunStore", "LinuxKit", "LabModel"]),
        tests(of: "WebSockets", with: ["LinuxKit"]),
        tests(of: "SRT", with: ["LinuxKit", "LabModel"]),
        tests(of: "RIST", with: ["LinuxKit", "LabModel"]),
        tests(of: "RunStore", with: ["LinuxKit", "LabModel"]),
    ]
)
