using OpsConsole.Replay.Targets;

namespace OpsConsole.Tests.Replay;

public class AnswerWordsTests
{
    [Theory]
    [InlineData("""{"code":"TAX_PROFILE_MISSING","message":"Customer ACC-1 has no tax profile.","attribute":"taxProfile"}""", "TAX_PROFILE_MISSING: Customer ACC-1 has no tax profile.")]
    [InlineData("""{"type":"about:blank","title":"Unprocessable","detail":"The amount is negative","status":422}""", "The amount is negative")]
    [InlineData("""{"title":"Forbidden","status":403}""", "Forbidden")]
    [InlineData("""{"error":"invalid_grant","error_description":"The key has expired"}""", "The key has expired")]
    [InlineData("""{"error":{"code":"rate_limit","message":"Too many"}}""", "rate_limit: Too many")]
    [InlineData("""{"errors":[{"message":"First"},{"message":"Second"}]}""", "First")]
    [InlineData("""{"error":"no such customer"}""", "no such customer")]
    [InlineData("""{"code":"E1","message":"E1 means no"}""", "E1 means no")]
    public void An_error_document_is_said_in_its_own_words(string answer, string said) => Assert.Equal(said, AnswerWords.Of(answer));

    [Theory]
    [InlineData("no tax profile")]
    [InlineData("")]
    [InlineData("[1,2]")]
    [InlineData("""{"ok":false}""")]
    [InlineData("""{"error":7}""")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""{"message":"cut off in the mid""")]
    [InlineData("""{"message":null,"detail":{"a":1}}""")]
    public void Anything_else_is_left_as_it_is(string answer) => Assert.Equal(answer, AnswerWords.Of(answer));
}
