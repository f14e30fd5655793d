## media: what was sent

media-photo = 🖼 a photo
media-voice = 🎤 a voice note
media-audio = 🎵 a sound file
media-video = 🎬 a video
media-video_note = 🎬 a round video
media-animation = 🎬 a short film
media-document = 📄 a file
media-image_file = 🖼 a photo
media-video_file = 🎬 a video
media-audio_file = 🎵 a sound file
