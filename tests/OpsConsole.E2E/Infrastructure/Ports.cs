using System.Net;
using System.Net.Sockets;

namespace OpsConsole.E2E.Infrastructure;

internal static class Ports
{
    // Below the range that systems hand out for outgoing connections, so that none of those takes it before the console does.
    private const int First = 10_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there: another one.
            }
        }
    }
}
