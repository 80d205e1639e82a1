using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OpsConsole.Web.Intake;

/// <summary>
/// HTTP/1.1 and HTTP/2 on one port without TLS: gRPC exporters speak HTTP/2 from the first byte, others HTTP/1.1. The server chooses by what TLS
/// agreed on and takes HTTP/1.1 where there is none; so a connection that begins as HTTP/2 does is told to it as agreed on. Later versions of
/// the server look at the first bytes by themselves; then this can go.
/// </summary>
internal static class CleartextHttp2
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(130);         // as the server waits for the first request

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static void TakeHttp2WithoutTls(this KestrelServerOptions kestrel, int port)
    {
        // What stands in for TLS makes the server expect https; the request says http, which is true.
        kestrel.AllowAlternateSchemes = true;
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.IPEndPoint?.Port == port)
            {
                listen.Use(next => connection => Choose(connection, next));
            }
        });
    }

    private static async Task Choose(ConnectionContext connection, ConnectionDelegate next)
    {
        bool? http2 = null;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            patience.CancelAfter(s_patience);
            try
            {
                while (http2 is null)
                {
                    var read = await connection.Transport.Input.ReadAsync(patience.Token);
                    http2 = read.IsCompleted ? StartsAsHttp2(read.Buffer) is true : StartsAsHttp2(read.Buffer);
                    connection.Transport.Input.AdvanceTo(read.Buffer.Start, http2 is null ? read.Buffer.End : read.Buffer.Start);
                }
            }
            catch (OperationCanceledException)
            {
                connection.Abort();
                return;
            }
        }

        if (http2 is true)
        {
            connection.Features.Set<ITlsConnectionFeature>(Agreed.OnHttp2);
            connection.Features.Set<ITlsApplicationProtocolFeature>(Agreed.OnHttp2);
        }

        await next(connection);
    }

    /// <summary>Nothing: too little has come to tell.</summary>
    private static bool? StartsAsHttp2(ReadOnlySequence<byte> begun)
    {
        Span<byte> first = stackalloc byte[(int)Math.Min(begun.Length, Preface.Length)];
        begun.Slice(0, first.Length).CopyTo(first);
        return !Preface.StartsWith(first) ? false
            : first.Length == Preface.Length ? true
            : null;
    }

    private sealed class Agreed : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public static readonly Agreed OnHttp2 = new();

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public X509Certificate2? ClientCertificate
        {
            get => null;
            set { }
        }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
