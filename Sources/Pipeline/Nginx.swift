internal import LabModel
internal import LinuxKit

/// nginx with its RTMP module as one process of the lab: all its files are in a folder of the run directory, and it
/// needs no user of its own.
struct Nginx {
    private static let module = "/usr/lib/nginx/modules/ngx_rtmp_module.so"

    /// Of HTTP requests, in `folder`.
    static let accessLog = "http.log"

    /// From the root.
    let folder: String
    /// Where it listens.
    let address: String
    /// Whether it makes segments for HTTP of what it gets.
    var makesSegments = false

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
                listen \(host):\(RTMPService.port);
                application \(RTMPService.application) {
                    live on;
                    # Else a player is not told that the stream has ended.
                    publish_notify on;
                    # After a frame that was left out the next has the right time, and not only when 300 ms are missing.
                    sync 10ms;\(segments)
                }
            }
        }
        http {
            log_format netlab '\(NginxAccessLog.format)';
            access_log \(Self.accessLog) netlab;
            # Who asks for a playlist before there is one asks again.
            log_not_found off;
            types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
            client_body_temp_path temp/body;
            proxy_temp_path temp/proxy;
            fastcgi_temp_path temp/fastcgi;
            uwsgi_temp_path temp/uwsgi;
            scgi_temp_path temp/scgi;
            server {
                listen \(host):\(RTMPService.httpPort);
                location = \(NginxStatus.path) { rtmp_stat all; access_log off; }
                location /hls { root .; add_header Cache-Control no-cache; }
            }
        }

        """
    }

    private var host: String { RTMPService.host(address) }

    /// Audio leaves with the picture after it: what waits longer is cut into the next segment.
    private var segments: String {
        guard makesSegments else { return "" }
        return """

                        hls on;
                        hls_path \(quoted("\(folder)/hls"));
                        hls_fragment 1s;
                        hls_playlist_length 6s;
                        hls_cleanup off;
                        hls_max_audio_delay 0;
            """
    }

    /// A path in the configuration's words.
    private func quoted(_ path: String) -> String {
        "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// nginx or its RTMP module is not there.
struct MissingServer: Error, CustomStringConvertible {
    var description: String {
        "this protocol needs nginx and its RTMP module: apt-get install nginx-light libnginx-mod-rtmp"
    }
}
