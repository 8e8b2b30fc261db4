/// Offers a presentation to whoever asks.
package protocol PresentationServer: AnyObject, Sendable {
    /// The stream's start on both clocks (ns): from now on there is something to answer.
    func begin(monotonic: Int64, realtime: Int64)

    /// Returns when the stream is over and nobody wants any more of it, or after `close`.
    func serveToEnd()

    /// Answers what waits, and ends every connection.
    func close()

    /// Why requests could not be written down, where they could not.
    var failure: (any Error)? { get }
}
