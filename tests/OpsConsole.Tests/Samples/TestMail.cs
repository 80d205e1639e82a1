using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpsConsole.Tests.Samples;

/// <summary>A small SMTP server (RFC 5321) on a port of its own that keeps what it is given.</summary>
internal sealed class TestMail : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public TestMail()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<TestLetter> Letters { get; } = [];

    /// <summary>Whether it answers to a letter's end with a temporary refusal.</summary>
    public bool Busy { get; set; }

    public (string Key, string Value)[] Settings =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Port}"), ("Mail:StartTls", "false"), ("Mail:From", "opsconsole@company.example"), ("Notify:Url", "https://ops.example"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task Serve()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(Talk(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            var to = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                var word = line.Split(' ', ':')[0].ToUpperInvariant();
                to = word is "RCPT" ? line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)] : to;
                if (word is "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var letter = TestLetter.Read(to, await Body(reader));
                    if (!Busy)
                    {
                        Letters.Enqueue(letter);
                    }

                    await writer.WriteLineAsync(Busy ? "451 try later" : "250 taken");
                }
                else
                {
                    await writer.WriteLineAsync(word is "QUIT" ? "221 bye" : "250 ok");
                }
            }
        }
    }

    private static async Task<List<string>> Body(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        }

        return lines;
    }
}

/// <param name="Subject">Decoded.</param>
/// <param name="Body">Decoded.</param>
internal sealed record TestLetter(string To, string MessageId, string Subject, string Body)
{
    public static TestLetter Read(string to, List<string> lines)
    {
        var gap = lines.IndexOf("");
        var heads = string.Join('\n', lines[..gap]).Replace("\n ", "", StringComparison.Ordinal).Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var text = string.Join('\n', lines[(gap + 1)..]);
        var body = heads.GetValueOrDefault("Content-Transfer-Encoding") == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace("\n", "", StringComparison.Ordinal)))
            : text.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal).Replace("=0D=0A", "\n", StringComparison.Ordinal);
        return new TestLetter(to, heads["Message-ID"], Decode(heads["Subject"]), body);
    }

    // =?utf-8?B?…?= or plain.
    private static string Decode(string subject) => subject.StartsWith("=?utf-8?B?", StringComparison.OrdinalIgnoreCase)
        ? string.Concat(subject.Split("=?utf-8?B?", StringSplitOptions.RemoveEmptyEntries).Select(part => Encoding.UTF8.GetString(Convert.FromBase64String(part.Split('?')[0]))))
        : subject;
}
