//! Asking a script for proxies: on Windows with the system's own WinHTTP, elsewhere nobody.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

#[cfg(windows)]
use qls_precheck_os::autoproxy::Way;
use qls_precheck_os::autoproxy::{NoWays, Script, ask};

const SERVER: &str = "https://licenses.invalid/";

/// A script at an address that no other has, since WinHTTP remembers scripts by their addresses. What is served is the
/// whole `reply`.
fn served(reply: String) -> Script {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let head = BufReader::new(stream.try_clone().expect("a socket")).lines().map_while(Result::ok);
            head.take_while(|line| !line.is_empty()).for_each(drop);
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    Script::At(format!("http://{address}/proxy.pac"))
}

/// A script whose function ends with this body.
fn script(body: &str) -> Script {
    let text = format!("function FindProxyForURL(url, host) {{ {body} }}");
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", text.len());
    served(head + &text)
}

#[test]
#[cfg(windows)]
fn a_script_names_the_ways() {
    let proxy = |address: &str| Way::Proxy(address.into());
    // Wine runs one script at a time, and of several proxies its older function names the first.
    let chooses = script(
        "if (host == 'direct.invalid') return 'DIRECT';\
         if (url.substring(0, 5) == 'http:') return 'PROXY plain.example.com:8080';\
         return 'PROXY proxy.example.com:3128';",
    );
    assert_eq!(ask(&chooses, SERVER), Ok(vec![proxy("proxy.example.com:3128")]));
    assert_eq!(ask(&chooses, "http://licenses.invalid/"), Ok(vec![proxy("plain.example.com:8080")]));
    assert_eq!(ask(&chooses, "https://direct.invalid/"), Ok(vec![Way::Direct]));

    let nowhere = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    for unheard in [
        served("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".into()),
        script("return nothing.at.all;"),
        Script::At(format!("http://{nowhere}/proxy.pac")),
        Script::At("ftp://127.0.0.1/proxy.pac".into()),
        Script::At("file:///C:/proxy.pac".into()),
        Script::At("no address".into()),
        Script::At(String::new()),
    ] {
        match ask(&unheard, SERVER) {
            Err(NoWays::Unusable(why) | NoWays::Unavailable(why)) => eprintln!("{unheard:?}: {why}"),
            other => panic!("{unheard:?}: {other:?}"),
        }
    }
    // That changed nothing for the others.
    assert_eq!(ask(&chooses, SERVER), Ok(vec![proxy("proxy.example.com:3128")]));
}

#[test]
#[cfg(not(windows))]
fn nobody_is_asked_elsewhere() {
    for script in [script("return 'PROXY proxy.example.com:3128';"), Script::Detected] {
        assert_eq!(ask(&script, SERVER), Err(NoWays::NotDetected));
    }
}
