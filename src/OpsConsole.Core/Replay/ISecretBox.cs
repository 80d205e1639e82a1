namespace OpsConsole.Replay;

/// <summary>Keeps targets' secrets encrypted at rest. The host brings the keys; Core only knows that what went in comes out.</summary>
public interface ISecretBox
{
    string Protect(string secret);

    string Unprotect(string kept);
}
