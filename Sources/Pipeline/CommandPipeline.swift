internal import LabModel

/// The user's own programs and nothing of netlab's: each starts when those before it are ready. A receiver waits for
/// packets, so it comes before the sender, unless only the sender says when it can be used.
enum CommandPipeline: StreamPipeline {
    static let endsByItself = false

    static func start(_ cast: Cast) throws {
        guard let programs = cast.stage.plan.pipeline.programs else { return }
        let (lab, hasSenderFirst) = (cast.stage.lab, programs.sender?.ready != nil && programs.receiver?.ready == nil)
        if let server = programs.server { try cast.start(.server, in: lab.sender.namespace, server) }
        if hasSenderFirst, let sender = programs.sender { try cast.start(.sender, in: lab.sender.namespace, sender) }
        if let receiver = programs.receiver { try cast.start(.receiver, in: lab.receiver.namespace, receiver) }
        if !hasSenderFirst, let sender = programs.sender { try cast.start(.sender, in: lab.sender.namespace, sender) }
    }
}
