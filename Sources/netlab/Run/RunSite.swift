import Engine
import LabModel
import LinuxKit
import RunStore

/// What all runs of one command share: where things lie.
struct RunSite {
    let installation: Installation
    let media: MediaTool
    /// The folder of all reports.
    var reports: String
    let review: RunReview
    let kernel: Kernel?
    /// How long a run may show no progress, by the machine's clock.
    var stallLimit = StallLimit.usual

    init(reports: String) throws {
        installation = try Installation.find()
        media = try installation.mediaTool()
        self.reports = reports
        review = try RunReview(installation)
        kernel = KernelStore(installation: installation).find(for: installation)
    }

    /// Where generated media is kept.
    var mediaCache: String { CacheFolder.path() + "/media" }

    /// The engine that a plan or the command line asks for, or the best there is.
    func choose(_ request: EngineRequest) -> EngineChoice {
        EngineChoice.make(request, installation: installation, kernel: kernel)
    }
}
