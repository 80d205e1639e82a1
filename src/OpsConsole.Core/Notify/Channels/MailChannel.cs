using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpsConsole.Notify.Channels;

/// <summary>
/// Mail over SMTP. The one file that knows the library: MailKit is the better one (TLS from the first byte, OAuth), and takes this file's place
/// where a feed has it.
/// </summary>
internal sealed class MailChannel(IOptions<MailOptions> options) : ILetterChannel
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public bool Serves(NoticeLetter letter) => Notice.Hook(letter.Recipient) is null;

    public async Task<string?> Deliver(NoticeLetter letter, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        if (!mail.IsSet)
        {
            return "no mail server is set (Mail:Host)";
        }

        using var message = new MailMessage(mail.From, letter.Address, letter.Subject.ReplaceLineEndings(" "), letter.Body)
        {
            BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{letter.Id:n}@opsconsole>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var file in letter.Files)
        {
            message.Attachments.Add(new Attachment(new MemoryStream(file.Bytes, writable: false), file.Name, file.ContentType));
        }

        using var client = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.StartTls };
        if (mail.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(mail.User, mail.Password);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return null;
        }
        catch (Exception failure) when (failure is SmtpException or IOException or FormatException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return failure is OperationCanceledException ? "the mail server did not answer in time" : failure.GetBaseException().Message;
        }
    }
}
