internal import LabModel
internal import LinuxKit

/// nginx with its RTMP module as one process of the lab: all its files are in a folder of the run directory, and it
/// needs no user of its own.
struct Nginx {
    /// Of its status page, and of what it serves by HTTP.
    static let httpPort: UInt16 = 8080
    private static let module = "/usr/lib/nginx/modules/ngx_rtmp_module.so"

    /// From the root.
    let folder: String
    /// Where it listens.
    let address: String
    let port: UInt16

    /// Writes its configuration; what starts it.
    func prepare() throws -> Command {
        guard let program = Environment.find("nginx") ?? Environment.find("nginx", in: Environment.defaultPath),
            File.exists(Self.module)
        else { throw MissingServer() }
        try Directory.make("\(folder)/temp")
        try File.write(configuration, to: "\(folder)/nginx.conf")
        // What it reports before it has read its configuration goes to a folder of the system's else.
        return Command(program, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"])
    }

    /// One process that stays in the foreground never changes its user, which a user namespace may not allow.
    private var configuration: String {
        """
        load_module \(Self.module);
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr warn;
        error_log error.log info;
        events { worker_connections 64; }
        rtmp_auto_push off;
        rtmp {
            access_log rtmp.log;
            server {
                listen \(host):\(port);
                application \(RTMPName.application) {
                    live on;
                    # Else a player is not told that the stream has ended.
                    publish_notify on;
                    # After a frame that was left out the next has the right time, and not only when 300 ms are missing.
                    sync 10ms;
                }
            }
        }
        http {
            access_log http.log;
            client_body_temp_path temp/body;
            proxy_temp_path temp/proxy;
            fastcgi_temp_path temp/fastcgi;
            uwsgi_temp_path temp/uwsgi;
            scgi_temp_path temp/scgi;
            server {
                listen \(host):\(Self.httpPort);
                location = \(NginxStatus.path) { rtmp_stat all; access_log off; }
            }
        }

        """
    }

    private var host: String { address.contains(":") ? "[\(address)]" : address }
}

/// nginx or its RTMP module is not there.
struct MissingServer: Error, CustomStringConvertible {
    var description: String {
        "this protocol needs nginx and its RTMP module: apt-get install nginx-light libnginx-mod-rtmp"
    }
}
