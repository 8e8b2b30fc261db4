import CommandLineKit
import RealInterface

extension ErrorReport {
    init(_ error: ShapeError) {
        let (hint, status) = Self.advice(error)
        self.init(error.description, hint: hint, status: status)
    }

    private static func advice(_ error: ShapeError) -> (hint: String?, CommandLineKit.ExitStatus) {
        switch error {
        case .noRight:
            ("run it as root: sudo netlab shape ...; in a container, give it --cap-add NET_ADMIN", .unsupported)
        case .noInterface(_, let others): ("there is " + others.joined(separator: ", "), .usage)
        case .ownInterface: ("shape the interface that it was made for", .usage)
        case .foreign(let kind, _, _, let loss):
            (
                "--replace \(kind) replaces it, and --clear puts it back"
                    + (loss.isEmpty ? "" : ", except: " + loss.joined(separator: "; ")), .invalid
            )
        case .otherKind: (nil, .usage)
        case .missing:
            ("load the module, or use a kernel that has it; there is no other way that would do the same", .unsupported)
        case .refused, .call, .vanished, .noGuard: (nil, .invalid)
        }
    }
}
