namespace OpsConsole.Basics;

/// <summary>Keeps secrets of targets and web-hooks encrypted at rest. The host brings the keys; Core only knows that what went in comes out.</summary>
public interface ISecretBox
{
    string Protect(string secret);

    string Unprotect(string kept);
}
