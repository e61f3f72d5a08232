using System.Security.Cryptography;
using Dialogue.Access;
using Dialogue.Operations;
using Dialogue.Storage;
using Dialogue.Trail;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Organisations.Settings;

/// <summary>
/// Keeps the logo of one's own organisation, or removes it. Only PNG and JPEG, told by the picture itself and not by its name: an SVG can
/// hold a program.
/// </summary>
/// <param name="Bytes">The file as it is; empty removes the logo.</param>
public sealed record KeepLogo(byte[] Bytes) : IRequest<Result<bool>>
{
    public const int Most = 200_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPut(
                "/api/v1/organisation/logo",
                async (HttpRequest request, IMediator mediator, CancellationToken stop) =>
                    (await mediator.Send(new KeepLogo(await Read(request.Body, stop)), stop)).Reply()
            )
            .RequireAuthorization(new StaffOnlyAttribute(StaffRole.Administrator))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(Most + 1024))
            .WithName("KeepLogo")
            .WithTags("Organisations")
            .Produces<bool>()
            .ProducesProblem(422);

        app.MapGet(
                "/organisatie/{id:guid}/logo",
                async (Guid id, HttpContext http, DialogueDb db, CancellationToken stop) =>
                {
                    var logo = await db.Set<LogoRow>().AsNoTracking().SingleOrDefaultAsync(l => l.OrganisationId == id, stop);
                    if (logo is null)
                        return Results.NotFound();
                    http.Response.Headers.CacheControl = HouseStyle.Kept(http.Request);
                    return Results.Bytes(logo.Bytes, logo.Type, entityTag: new($"\"{logo.Hash}\""));
                }
            )
            .OpenTo(Visitor.Anyone)
            .ExcludeFromDescription();
    }

    /// <summary>One byte more than is allowed, at most: enough to see that it is too much.</summary>
    public static async Task<byte[]> Read(Stream body, CancellationToken stop)
    {
        var bytes = new byte[Most + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return bytes[..length];
    }
}

internal sealed class KeepLogoHandler(DialogueDb db, ICurrentStaff current, TimeProvider time) : IRequestHandler<KeepLogo, Result<bool>>
{
    public async Task<Result<bool>> Handle(KeepLogo request, CancellationToken cancellationToken)
    {
        if (await current.Administrator(cancellationToken) is not { } staff)
            return RefusalCode.NotAllowed;
        if (request.Bytes.Length > KeepLogo.Most)
            return RefusalCode.PictureTooLarge;
        var row = await db.Set<LogoRow>()
            .AsTracking()
            .SingleOrDefaultAsync(l => l.OrganisationId == staff.OrganisationId, cancellationToken);
        if (request.Bytes.Length == 0)
        {
            if (row is null)
                return true;
            db.Remove(row);
        }
        else
        {
            if (TypeOf(request.Bytes) is not { } type)
                return RefusalCode.PictureNotAllowed;
            if (row is null)
            {
                row = new LogoRow { OrganisationId = staff.OrganisationId };
                db.Add(row);
            }

            (row.Type, row.Bytes, row.Hash) = (type, request.Bytes, Convert.ToHexStringLower(SHA256.HashData(request.Bytes))[..32]);
        }

        Audit.Record(
            db,
            staff.OrganisationId,
            staff.AccountId,
            AuditAct.LogoChanged,
            new("organisation", staff.OrganisationId),
            time.GetUtcNow()
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return RefusalCode.Busy;
        }

        return true;
    }

    private static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A }) ? "image/png"
        : bytes.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }) ? "image/jpeg"
        : null;
}
