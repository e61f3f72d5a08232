using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dialogue.Access;

namespace Dialogue.Look.Forms;

/// <summary>The random id of one drawing of a form, and whose text is in it.</summary>
public static class FormId
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The same for one account, everywhere; says nothing about it. <c>guest</c> for whoever has no account.</summary>
    public static string Who(StaffMember? staff) =>
        staff is null ? "guest" : Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("form:" + staff.AccountId))[..12]);
}
