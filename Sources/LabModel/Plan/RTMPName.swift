/// What the stream is called at an RTMP server.
package enum RTMPName {
    package static let application = "live"
    package static let stream = "netlab"
}
