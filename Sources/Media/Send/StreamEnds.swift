/// The sending side of a protocol, as a worker.
package protocol StreamSender {
    /// Waits for the start and sends until the media ends or `stop` comes; all is on disk when it returns.
    func send(_ control: WorkerControl) throws
}

/// The receiving side of a protocol, as a worker.
package protocol StreamReceiver {
    /// Receives until the stream has ended or `stop` comes; all is on disk when it returns.
    func receive(_ control: WorkerControl) throws
}
